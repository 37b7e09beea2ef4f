using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mom.LocalHost;

namespace Mom.Chaos.Faults;

/// <summary>A math service that is away, silent, or answers nonsense.</summary>
internal static class MathFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("stop-math", "the math service is away", ground => ground.StopAsync(ResourceNames.MathService)),
        new("freeze-math", "the math service does not answer", ground => ground.FreezeAsync(ResourceNames.MathService)),
        new("math-500", "the math service answers 500 to everything", BrokenAsync) { Lasts = false },
    ];

    private static async Task BrokenAsync(Ground ground)
    {
        await ground.StopAsync(ResourceNames.MathService);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(ground.System.Urls.MathService);
        // Gone before its place is taken again, so it lets the outage be by itself.
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        await ground.WaitAsync();
    }
}
