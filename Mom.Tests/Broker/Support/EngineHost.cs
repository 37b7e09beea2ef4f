using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Messaging;
using Mom.Messaging.Connections;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Support;

/// <summary>One process that uses the engine, within the test's process: with its own connections and its own services.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IMessagePublisher Publisher => Services.GetRequiredService<IMessagePublisher>();

    public BrokerConnections Connections => Services.GetRequiredService<BrokerConnections>();

    /// <summary>Starts the engine, and waits until it is connected and the topology declared.</summary>
    public static async Task<EngineHost> StartAsync(
        VirtualHost broker,
        Action<MessagingBuilder>? configure = null,
        BrokerTopology? topology = null,
        PublisherOptions? publisher = null,
        JsonSerializerContext? contracts = null)
    {
        var host = Create(broker, configure, topology, publisher, contracts);
        await host._host.StartAsync();
        await host.ConnectedAsync();
        return host;
    }

    /// <summary>The same, but neither started nor connected.</summary>
    public static EngineHost Create(
        VirtualHost broker,
        Action<MessagingBuilder>? configure = null,
        BrokerTopology? topology = null,
        PublisherOptions? publisher = null,
        JsonSerializerContext? contracts = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IConnectionFactory>(broker.Factory());
        if (publisher is not null)
        {
            builder.Services.AddSingleton(publisher);
        }

        var messaging = builder.Services.AddMessaging(topology ?? MomTopology.Default, contracts ?? MomJsonContext.Default);
        configure?.Invoke(messaging);
        return new EngineHost(builder.Build());
    }

    /// <summary>Fails when a place in the publisher's window was not given back.</summary>
    public void AssertNothingInFlight() => Assert.Equal(Window.Size, Window.Free);

    public Task UntilNothingInFlightAsync() =>
        Eventually.TrueAsync(() => Task.FromResult(Window.Free == Window.Size), "every place in the publisher's window should be given back");

    /// <summary>Waits until so many publishes have no confirm yet.</summary>
    public Task UntilInFlightAsync(int count) =>
        Eventually.TrueAsync(() => Task.FromResult(Window.Size - Window.Free >= count), $"{count} publishes should wait for their confirm");

    private PublishWindow Window => ((MessagePublisher)Publisher).Window;

    public Task StartAsync() => _host.StartAsync();

    /// <summary>Stops as a process does on SIGTERM: what is in flight is finished.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>Waits until both connections are open.</summary>
    public async Task ConnectedAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Connections.Publish.WaitAsync(cancellation).PatientlyAsync("the engine should have its connection for publishing");
        await Connections.Consume.WaitAsync(cancellation).PatientlyAsync("the engine should have its connection for consuming");
    }

    /// <summary>Breaks the connection that messages are published by, and returns when the engine has none.</summary>
    public async Task CutPublisherAsync()
    {
        await Connections.Publish.Require().CloseAsync(320, "cut by the test", TimeSpan.FromSeconds(1), abort: true, CancellationToken.None);
        Assert.Null(Connections.Publish.Current);
    }

    /// <summary>Waits until the broker takes messages again after an alarm.</summary>
    public async Task UnblockedAsync()
    {
        var unblocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Connections.Publish.Require().ConnectionUnblockedAsync += (_, _) =>
        {
            unblocked.TrySetResult();
            return Task.CompletedTask;
        };
        // It may have been before there was somebody to tell. The engine's own handler, which was there first, is called first.
        if (Connections.Publish.BlockedReason is not null)
        {
            await unblocked.Task.PatientlyAsync("the broker should unblock publishers");
        }
    }

    /// <summary>Breaks the connection that messages are received and acked by, as the death of the process would.</summary>
    public Task CutConsumerAsync() => Connections.Consume.Require().CloseAsync(320, "cut by the test", TimeSpan.FromSeconds(1), abort: true, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
