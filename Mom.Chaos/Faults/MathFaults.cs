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
        new("stop-math", "the math service is away", ground => ground.AwayAsync(ResourceNames.MathService)),
        new("freeze-math", "the math service does not answer", ground => ground.FreezeAsync(ResourceNames.MathService)),
        new("math-500", "the math service answers 500 to everything", BrokenAsync),
    ];

    private static async Task BrokenAsync(Ground ground)
    {
        await ground.System[ResourceNames.MathService].StopAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(ground.System.Urls.MathService);
        await using (var app = builder.Build())
        {
            app.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            });
            await app.StartAsync();
            await ground.WaitAsync();
            await app.StopAsync();
        }

        await ground.BackAsync(ResourceNames.MathService);
    }
}
