using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mom.Tests.AspireTests.Hosting;

/// <summary>An application of a few shell commands, run by the real orchestrator without a dashboard.</summary>
internal sealed class SmallApplication : IAsyncDisposable, ILoggerProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private DistributedApplication? _application;

    public SmallApplication()
    {
        // The orchestrator is found by the AppHost's assembly, in which its package has written where it is.
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { AssemblyName = "Mom.AppHost", DisableDashboard = true });
        Builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(this));
    }

    public IDistributedApplicationBuilder Builder { get; }

    /// <summary>What the host has logged.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    public IResourceBuilder<ExecutableResource> AddShell(string name, string script) => Builder.AddExecutable(name, "sh", Path.GetTempPath(), "-c", script);

    public async Task StartAsync()
    {
        _application = Builder.Build();
        await _application.StartAsync(Cancellation).WaitAsync(Patience, Cancellation);
    }

    public Task<ResourceEvent> UntilAsync(string resource, string state) => UntilAsync(resource, update => update.Snapshot.State?.Text == state);

    public Task<ResourceEvent> UntilAsync(string resource, Func<ResourceEvent, bool> condition) =>
        _application!.ResourceNotifications.WaitForResourceAsync(resource, condition, Cancellation).WaitAsync(Patience, Cancellation);

    public Task<ExecuteCommandResult> ExecuteAsync(string resource, string command) =>
        _application!.ResourceCommands.ExecuteCommandAsync(resource, command, Cancellation).WaitAsync(Patience, Cancellation);

    /// <summary>All states that the resource has from now on, until it has been given time for what must not happen.</summary>
    public async Task<List<string>> StatesAsync(string resource, TimeSpan during)
    {
        var states = new List<string>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        end.CancelAfter(during);
        try
        {
            await foreach (var update in _application!.ResourceNotifications.WatchAsync(end.Token))
            {
                if (update.Resource.Name == resource && update.Snapshot.State?.Text is { } state && states.LastOrDefault() != state)
                    states.Add(state);
            }
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            // The time is over.
        }

        return states;
    }

    /// <summary>The lines of the resource's own log.</summary>
    public async Task<List<string>> LogOfAsync(string resourceId)
    {
        var lines = new List<string>();
        await foreach (var batch in _application!.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resourceId).WithCancellation(Cancellation))
            lines.AddRange(batch.Select(line => line.Content));
        return lines;
    }

    public async Task UntilLoggedAsync(string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Patience);
        while (!Log.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            try
            {
                await Task.Delay(50, timeout.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The host was to log '{text}'. It logged:\n{string.Join('\n', Log)}");
            }
        }
    }

    public static int PidOf(ResourceEvent update) =>
        Convert.ToInt32(update.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (_application is null)
            return;
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Collector(Log);

    void IDisposable.Dispose()
    {
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed class Collector(ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => log.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }
}
