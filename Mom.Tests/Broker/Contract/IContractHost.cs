using Mom.Messaging;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Contract;

/// <summary>A process with the engine, on the broker that the contract is run against.</summary>
internal interface IContractHost : IAsyncDisposable
{
    IServiceProvider Services { get; }

    /// <summary>Lets time pass: virtual time moves, real time passes while a test waits for a signal.</summary>
    Task PassAsync(TimeSpan time);

    /// <summary>Returns when nothing is at work any more: what has not been called by then is not called.</summary>
    Task EndAsync();

    /// <summary>Takes so many messages out of a queue that nothing consumes, in their order; they need not be there yet.</summary>
    Task<IReadOnlyList<BasicGetResult>> TakeAsync(string queue, int count);
}

/// <summary>How a host of the contract is started.</summary>
/// <param name="Configure">Its consumers and middleware.</param>
/// <param name="Topology">Its queues, by default those of <see cref="NodeTopology"/>.</param>
internal sealed record ContractSetup(Action<MessagingBuilder> Configure, BrokerTopology? Topology = null);

/// <summary>On RabbitMQ.</summary>
internal sealed class RabbitMqHost(VirtualHost broker, EngineHost engine) : IContractHost
{
    public IServiceProvider Services => engine.Services;

    public Task PassAsync(TimeSpan time) => Task.CompletedTask;

    public Task EndAsync() => engine.StopAsync();

    public Task<IReadOnlyList<BasicGetResult>> TakeAsync(string queue, int count) => broker.TakeAllAsync(queue, count);

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await broker.DisposeAsync();
    }
}
