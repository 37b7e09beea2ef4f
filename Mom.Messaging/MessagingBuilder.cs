using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Mom.Messaging.Consuming;
using Mom.Messaging.Consuming.Discovery;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Topology;

namespace Mom.Messaging;

/// <summary>Adds contracts, consumers and middleware to the messaging engine.</summary>
public sealed class MessagingBuilder
{
    private readonly List<JsonSerializerContext> _contracts = [];
    private readonly List<Func<IServiceProvider, IHandlingMiddleware>> _middleware = [];
    private readonly Dictionary<string, ConsumerBuilder> _consumers = new(StringComparer.Ordinal);

    internal MessagingBuilder(IServiceCollection services, BrokerTopology topology)
    {
        Services = services;
        Topology = topology;
    }

    /// <summary>The services of the process.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The topology with all queues that were added so far.</summary>
    internal BrokerTopology Topology { get; private set; }

    /// <summary>The JSON of all messages.</summary>
    internal IReadOnlyCollection<JsonSerializerContext> Contracts => _contracts;

    internal MessageVersions Versions { get; } = new();

    internal Propagation Propagation { get; } = new();

    /// <summary>
    /// Adds messages: every type of the contexts' assemblies, or in them, with a <see cref="MessageAttribute"/>. The JSON of a message may be in any of them.
    /// </summary>
    /// <param name="contracts">Source-generated JSON.</param>
    public MessagingBuilder AddContracts(params JsonSerializerContext[] contracts)
    {
        _contracts.AddRange(contracts);
        return this;
    }

    /// <summary>
    /// Adds all of an assembly: its messages, with the JSON contexts that it has, and its handlers (<see cref="IMessageHandler{TMessage}"/>,
    /// <see cref="IRequestHandler{TRequest, TReply}"/>, <see cref="IBatchHandler{TMessage}"/> with a <see cref="BatchAttribute"/>). Each is handled from the queue that its
    /// <see cref="ConsumesAttribute"/> names, else its message, else by convention: commands and requests from <c>order</c> for <c>order.place.v1</c>,
    /// events from <c>{service}.events</c>, one queue of the service for all of them. A message that has a handler on its queue already keeps that one.
    /// </summary>
    /// <param name="assembly">Where to look. It is read by reflection, once, at start.</param>
    /// <param name="configure">Names the service, and sets how queues are declared and consumed.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">A handler handles what is no message, or a queue that exists with another definition.</exception>
    public MessagingBuilder AddHandlersFrom(Assembly assembly, Action<HandlerDiscovery>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var discovery = new HandlerDiscovery(assembly);
        configure?.Invoke(discovery);
        discovery.AddTo(this);
        return this;
    }

    /// <summary>Runs code around every handler of this process; see <see cref="IHandlingMiddleware"/>.</summary>
    /// <typeparam name="TMiddleware">Created for each call of a handler, in its scope. The order of adding is the order of running.</typeparam>
    public MessagingBuilder Use<TMiddleware>()
        where TMiddleware : class, IHandlingMiddleware
    {
        Services.TryAddScoped<TMiddleware>();
        _middleware.Add(static services => services.GetRequiredService<TMiddleware>());
        return this;
    }

    /// <summary>
    /// Checks each message by the attributes of its properties (<see cref="System.ComponentModel.DataAnnotations"/>) before its handler is called. A
    /// request that is not valid is refused with the code <c>message.invalid</c>, any other message becomes a dead letter at once.
    /// </summary>
    public MessagingBuilder UseValidation() => Use<ValidationMiddleware>();

    /// <summary>Runs code around each message that this process sends; see <see cref="IPublishingMiddleware"/>.</summary>
    /// <typeparam name="TMiddleware">A singleton. The order of adding is the order of running.</typeparam>
    public MessagingBuilder UseOnPublish<TMiddleware>()
        where TMiddleware : class, IPublishingMiddleware
    {
        Services.AddSingleton<IPublishingMiddleware, TMiddleware>();
        return this;
    }

    /// <summary>
    /// Handles an old version of a message as a newer one: where a consumer has a handler for the newer version and none for the old. Both stay
    /// messages with names of their own; several steps follow each other.
    /// </summary>
    /// <typeparam name="TOld">What others may still send.</typeparam>
    /// <typeparam name="TNew">What is handled.</typeparam>
    /// <param name="convert">Makes the one of the other. What it throws counts as a failed attempt.</param>
    /// <exception cref="InvalidOperationException">The old version has an upcaster already, they lead back to each other, or their replies differ.</exception>
    public MessagingBuilder Upcast<TOld, TNew>(Func<TOld, TNew> convert)
        where TOld : class
        where TNew : class
    {
        ArgumentNullException.ThrowIfNull(convert);
        Versions.AddUpcast(typeof(TOld), typeof(TNew), message => convert((TOld)message));
        return this;
    }

    /// <summary>
    /// Sends a message as its old version: for as long as processes consume it that do not know the new one. Remove it when the last of them has ended.
    /// </summary>
    /// <typeparam name="TNew">What the code publishes.</typeparam>
    /// <typeparam name="TOld">What is sent.</typeparam>
    /// <param name="convert">Makes the one of the other.</param>
    /// <exception cref="InvalidOperationException">The message is sent as another one already, or their replies differ.</exception>
    public MessagingBuilder PublishAs<TNew, TOld>(Func<TNew, TOld> convert)
        where TNew : class
        where TOld : class
    {
        ArgumentNullException.ThrowIfNull(convert);
        Versions.AddPublished(typeof(TNew), typeof(TOld), message => convert((TNew)message));
        return this;
    }

    /// <summary>
    /// Gives every message a correlation, by its own id where it follows from no other; see <see cref="MessageHeaders.Correlation"/>. Without this
    /// only those have one whose sender sets it, and what follows from them. Costs: some hundred bytes of headers for each message.
    /// </summary>
    public MessagingBuilder CorrelateMessages()
    {
        Propagation.Correlates = true;
        return this;
    }

    /// <summary>Copies headers of the message that is being handled to all messages that are published or requested meanwhile.</summary>
    /// <param name="names">Their names; correlation, causation and tenant go along in any case.</param>
    /// <exception cref="ArgumentException">Only the engine or the broker writes such a header.</exception>
    public MessagingBuilder PropagateHeaders(params IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            Propagation.Add(name);
        }

        return this;
    }

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
        var registration = new ConsumerRegistration(Topology.Queue(queue), options.Checked(Topology.Queue(queue)), Versions, _middleware);
        var consumer = new ConsumerBuilder(Services, registration);
        if (!_consumers.TryAdd(queue, consumer))
        {
            throw new InvalidOperationException($"'{queue}' has a consumer in this process already. Add its handlers to the result of one AddConsumer(\"{queue}\").");
        }

        Services.AddSingleton(registration);
        Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<QueueConsumer>(provider, registration));
        Services.AddSingleton<IHostedService>(provider =>
            provider.GetServices<QueueConsumer>().Single(candidate => string.Equals(candidate.Queue, queue, StringComparison.Ordinal)));
        return consumer;
    }

    /// <summary>
    /// Consumes a queue that is defined here, with its retry delays and limits, and not in the topology: it is added to that of this process. The
    /// senders need to know no more than its name.
    /// </summary>
    /// <param name="queue">The queue. All processes that consume it must define it alike: the broker refuses a second definition.</param>
    /// <param name="configure">Sets concurrency and prefetch.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The topology has a queue of that name, or it has a consumer in this process already.</exception>
    public ConsumerBuilder AddConsumer(QueueDefinition queue, Action<ConsumerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (Topology.Queues.Any(each => string.Equals(each.Name, queue.Name, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"The topology has a queue '{queue.Name}' already. Consume it by its name, or remove it there.");
        }

        Topology = Topology with { Queues = [.. Topology.Queues, queue] };
        return AddConsumer(queue.Name, configure);
    }

    /// <summary>The consumer of a queue in this process, if it has one.</summary>
    internal ConsumerBuilder? ConsumerOf(string queue) => _consumers.GetValueOrDefault(queue);
}
