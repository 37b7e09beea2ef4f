using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.MathService;

namespace Mom.Tests.Unit.MathService;

/// <summary>The whole math service on a free port of its own, answering without delay unless told otherwise.</summary>
public sealed class RunningMathService : IAsyncLifetime
{
    private readonly WebApplication _app;

    public RunningMathService()
        : this([])
    {
    }

    internal RunningMathService(string[] settings, TimeProvider? clock = null) => _app = MathServiceApp.Build(
        ["--urls", "http://127.0.0.1:0", "--Math:Delay:Maximum=00:00:00", .. settings],
        services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            if (clock is not null)
                services.AddSingleton(clock);
        });

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
