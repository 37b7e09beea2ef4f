using System.Reflection;
using Mom.Messaging.Contracts;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming.Discovery;

/// <summary>How the handlers of an assembly are added; see <see cref="MessagingBuilder.AddHandlersFrom"/>.</summary>
public sealed class HandlerDiscovery
{
    private readonly Assembly _assembly;
    private readonly Dictionary<string, QueueSettings> _queues = new(StringComparer.Ordinal);

    internal HandlerDiscovery(Assembly assembly)
    {
        _assembly = assembly;
        Service = assembly.GetName().Name ?? string.Empty;
    }

    /// <summary>
    /// The name of the service, from which that of its queue of events follows (<c>{service}.events</c>); by default the assembly's, in lower case. Set it,
    /// so that a renamed assembly is not a new subscriber.
    /// </summary>
    public string Service { get; set => field = value.ToLowerInvariant(); }

    /// <summary>How long a failed message waits before each further attempt, in queues that are defined here. By default 1 s, 10 s and 60 s.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)];

    /// <summary>Which handlers are added; by default all.</summary>
    public Func<Type, bool> Where { get; set; } = static _ => true;

    /// <summary>Sets how one of the queues is declared and consumed.</summary>
    /// <param name="name">The queue's name.</param>
    /// <param name="define">Changes its definition: retry delays, limits, type, urgent lane. Not for a queue of the topology, which is defined there.</param>
    /// <param name="configure">Sets concurrency, prefetch and timeouts.</param>
    /// <param name="consumer">Adds middleware and failure policies.</param>
    public HandlerDiscovery Queue(
        string name, Func<QueueDefinition, QueueDefinition>? define = null, Action<ConsumerOptions>? configure = null, Action<ConsumerBuilder>? consumer = null)
    {
        _queues.Add(name, new QueueSettings(define, configure, consumer));
        return this;
    }

    internal void AddTo(MessagingBuilder messaging)
    {
        messaging.AddContracts([.. MessageRegistry.ContextsOf(_assembly)]);
        var handlers = _assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && Where(type))
            .SelectMany(type => type.GetInterfaces().Select(each => HandlerKind.Of(type, each))).OfType<HandlerKind>()
            .OrderBy(handler => handler.Handler.FullName, StringComparer.Ordinal).ToList();
        if (handlers.Count == 0)
        {
            throw new InvalidOperationException($"There is no handler in {_assembly.GetName().Name}. Give it one, or remove AddHandlersFrom.");
        }

        var queues = handlers.GroupBy(QueueOf, StringComparer.Ordinal).ToList();
        if (_queues.Keys.Except(queues.Select(queue => queue.Key), StringComparer.Ordinal).FirstOrDefault() is { } unused)
        {
            throw new InvalidOperationException($"No handler takes its messages from '{unused}'. The handlers' queues are {string.Join(", ", queues.Select(queue => queue.Key))}.");
        }

        foreach (var queue in queues)
        {
            var consumer = ConsumerOf(messaging, queue.Key, queue);
            foreach (var handler in queue.Where(handler => !consumer.Handles(handler.Message)))
            {
                handler.AddTo(consumer);
            }
        }
    }

    private ConsumerBuilder ConsumerOf(MessagingBuilder messaging, string name, IEnumerable<HandlerKind> handlers)
    {
        var settings = _queues.GetValueOrDefault(name);
        var isDefined = messaging.Topology.Queues.Any(queue => string.Equals(queue.Name, name, StringComparison.Ordinal));
        if ((isDefined && settings?.Define is not null) || (messaging.ConsumerOf(name) is not null && settings?.Configure is not null))
        {
            throw new InvalidOperationException($"'{name}' is defined or consumed already: set its options there.");
        }

        var consumer = messaging.ConsumerOf(name) ?? (isDefined ? messaging.AddConsumer(name, settings?.Configure) : messaging.AddConsumer(Define(), settings?.Configure));
        settings?.Consumer?.Invoke(consumer);
        return consumer;

        QueueDefinition Define()
        {
            var queue = new QueueDefinition(name)
            {
                RetryDelays = RetryDelays,
                EventPatterns = [.. handlers.Select(handler => handler.Contract.Topic).OfType<string>().Distinct(StringComparer.Ordinal)],
            };
            return settings?.Define?.Invoke(queue) ?? queue;
        }
    }

    private string QueueOf(HandlerKind handler) => handler.Handler.GetCustomAttribute<ConsumesAttribute>()?.Queue
        ?? handler.Contract.Queue
        ?? (handler.Contract.Topic is null ? QueueConvention.Of(handler.Contract.Name) : QueueConvention.OfEvents(Service));

    private sealed record QueueSettings(Func<QueueDefinition, QueueDefinition>? Define, Action<ConsumerOptions>? Configure, Action<ConsumerBuilder>? Consumer);
}
