using RabbitMQ.Client;

namespace Mom.Messaging.Testing.Broker;

// Exchanges, queues and bindings, as clients declare them.
internal sealed partial class MemoryBroker
{
    public void DeclareExchange(string name, string type, IReadOnlyDictionary<string, object?> arguments)
    {
        lock (_lock)
        {
            var exchange = _exchanges.GetValueOrDefault(name);
            if (exchange is null)
            {
                _exchanges[name] = new MemoryExchange(name, type, arguments);
            }
            else if (!string.Equals(exchange.Type, type, StringComparison.Ordinal))
            {
                throw new RefusedByBrokerException(
                    RefusedByBrokerException.PreconditionFailed,
                    $"PRECONDITION_FAILED - inequivalent arg 'type' for exchange '{name}' in vhost '/': received '{type}' but current is '{exchange.Type}'");
            }
        }
    }

    public void LookForExchange(string name)
    {
        lock (_lock)
        {
            Exchange(name);
        }
    }

    public void DeleteExchange(string name)
    {
        lock (_lock)
        {
            _exchanges.Remove(name);
            foreach (var exchange in _exchanges.Values)
            {
                exchange.Forget(name, isQueue: false);
            }
        }
    }

    public void Bind(string source, string key, string target, bool isQueue, bool bound = true)
    {
        lock (_lock)
        {
            var exchange = Exchange(source);
            _ = isQueue ? Queue(target).Name : Exchange(target).Name;
            if (bound)
            {
                exchange.Bind(key, target, isQueue);
            }
            else
            {
                exchange.Unbind(key, target, isQueue);
            }
        }
    }

    public QueueDeclareOk DeclareQueue(string name, QueueSettings settings)
    {
        lock (_lock)
        {
            if (_queues.TryGetValue(name, out var queue))
            {
                return queue.Settings.Difference(name, settings) is { } difference
                    ? throw new RefusedByBrokerException(RefusedByBrokerException.PreconditionFailed, difference)
                    : Count(queue);
            }

            return Count(_queues[name] = new MemoryQueue(name, settings));
        }
    }

    public QueueDeclareOk LookForQueue(string name)
    {
        lock (_lock)
        {
            return Count(Queue(name));
        }
    }

    public uint DeleteQueue(string name, bool ifUnused, bool ifEmpty)
    {
        lock (_lock)
        {
            if (!_queues.TryGetValue(name, out var queue))
            {
                return 0;
            }

            if ((ifUnused && queue.Consumers.Count > 0) || (ifEmpty && queue.Ready.Count > 0))
            {
                throw new RefusedByBrokerException(RefusedByBrokerException.PreconditionFailed, $"PRECONDITION_FAILED - queue '{name}' in vhost '/' is in use or not empty");
            }

            var count = (uint)queue.Ready.Count;
            Delete(queue);
            return count;
        }
    }

    public uint Purge(string name)
    {
        lock (_lock)
        {
            var queue = Queue(name);
            var count = (uint)queue.Ready.Count;
            queue.Purge();
            return count;
        }
    }

    private void Delete(MemoryQueue queue)
    {
        _queues.Remove(queue.Name);
        foreach (var exchange in _exchanges.Values)
        {
            exchange.Forget(queue.Name, isQueue: true);
        }

        foreach (var consumer in queue.Consumers)
        {
            consumer.Channel.Dispatch(() => consumer.Callbacks.HandleBasicCancelAsync(consumer.Tag));
        }
    }

    private static QueueDeclareOk Count(MemoryQueue queue) => new(queue.Name, (uint)queue.Ready.Count, (uint)queue.Consumers.Count);

    private MemoryExchange Exchange(string name) => _exchanges.GetValueOrDefault(name)
        ?? throw new RefusedByBrokerException(RefusedByBrokerException.NotFound, $"NOT_FOUND - no exchange '{name}' in vhost '/'");

    private MemoryQueue Queue(string name) => _queues.GetValueOrDefault(name)
        ?? throw new RefusedByBrokerException(RefusedByBrokerException.NotFound, $"NOT_FOUND - no queue '{name}' in vhost '/'");
}
