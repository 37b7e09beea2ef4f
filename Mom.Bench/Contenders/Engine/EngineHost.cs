using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Servers;
using Mom.Messaging;
using Mom.Messaging.Publishing;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Bench.Contenders.Engine;

/// <summary>A process with this repository's engine, as a service would have it.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    /// <summary>The queue of all its messages.</summary>
    public const string Queue = "bench.engine";

    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IMessagePublisher Publisher => Services.GetRequiredService<IMessagePublisher>();

    public IRpcClient Rpc => Services.GetRequiredService<IRpcClient>();

    /// <summary>Builds and starts it.</summary>
    /// <param name="targets">The servers.</param>
    /// <param name="configure">Adds consumers and what they need.</param>
    /// <param name="topology">Other than <see cref="Topology"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EngineHost> StartAsync(
        BenchTargets targets,
        Action<MessagingBuilder>? configure = null,
        BrokerTopology? topology = null,
        CancellationToken cancellationToken = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        // Nobody listens: what is measured is messaging.
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory { Uri = new Uri(targets.RabbitMq) });
        var messaging = builder.Services.AddMessaging(topology ?? Topology(), EngineJson.Default);
        configure?.Invoke(messaging);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new EngineHost(host);
    }

    /// <summary>One queue, of the type that is asked for. The queues of delays, which no scenario uses, are the same in all of them.</summary>
    public static BrokerTopology Topology(bool quorum = false) =>
        new("bench.commands", "bench.events", [new(Queue) { Type = quorum ? QueueType.Quorum : QueueType.Classic }]);

    /// <summary>Drains and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
