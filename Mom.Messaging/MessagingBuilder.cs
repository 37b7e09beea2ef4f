using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;

namespace Mom.Messaging;

/// <summary>Adds consumers to the messaging engine.</summary>
public sealed class MessagingBuilder
{
    private readonly BrokerTopology _topology;
    private readonly HashSet<string> _consumed = new(StringComparer.Ordinal);

    internal MessagingBuilder(IServiceCollection services, BrokerTopology topology)
    {
        Services = services;
        _topology = topology;
    }

    /// <summary>The services of the process.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Declares the topology not only on each new connection but also when an exchange or queue is missing in between: for the one service that may,
    /// where others wait for it (<see cref="TopologyMode.Await"/>). What somebody has deleted is there again after that time at the latest.
    /// </summary>
    /// <param name="every">How often it looks, 1 s to 1 h. A look asks for each by name, and costs the broker some milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of its range.</exception>
    public MessagingBuilder KeepTopology(TimeSpan every)
    {
        OptionsCheck.InRange(every, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<TopologyKeeper>(provider, every));
        return this;
    }

    /// <summary>Consumes a queue of the topology with the handlers that are added to the result.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="configure">Sets concurrency and prefetch.</param>
    /// <exception cref="ArgumentException">The topology has no queue of that name, or an option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The queue has a consumer in this process already.</exception>
    public ConsumerBuilder AddConsumer(string queue, Action<ConsumerOptions>? configure = null)
    {
        var options = new ConsumerOptions();
        configure?.Invoke(options);
        var registration = new ConsumerRegistration(_topology.Queue(queue), options.Checked(queue));
        if (!_consumed.Add(queue))
        {
            throw new InvalidOperationException($"'{queue}' has a consumer in this process already. Add its handlers to the result of one AddConsumer(\"{queue}\").");
        }

        Services.AddSingleton(registration);
        Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<QueueConsumer>(provider, registration));
        Services.AddSingleton<IHostedService>(provider =>
            provider.GetServices<QueueConsumer>().Single(candidate => string.Equals(candidate.Queue, queue, StringComparison.Ordinal)));
        return new ConsumerBuilder(Services, registration);
    }
}
