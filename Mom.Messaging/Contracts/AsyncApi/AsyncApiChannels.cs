using System.Text.Json.Nodes;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Contracts.AsyncApi;

/// <summary>The channels of a document: queues, topics, and the one of all replies.</summary>
internal sealed class AsyncApiChannels(MessageRegistry registry, BrokerTopology topology)
{
    public JsonObject Create(IReadOnlyCollection<MessageContract> contracts)
    {
        var channels = new JsonObject();
        // What is sent to a queue of another service is part of the document too.
        var others = contracts.Select(contract => contract.Queue).OfType<string>().Distinct(StringComparer.Ordinal)
            .Except(topology.Queues.Select(queue => queue.Name), StringComparer.Ordinal).Select(name => new QueueDefinition(name));
        foreach (var queue in topology.Queues.Concat(others))
        {
            channels[queue.Name] = Queue(queue, contracts.Where(contract => string.Equals(contract.Queue, queue.Name, StringComparison.Ordinal)));
        }

        foreach (var topic in contracts.Where(contract => contract.Attribute.Topic is not null).GroupBy(contract => contract.Attribute.Topic!, StringComparer.Ordinal))
        {
            channels[topic.Key] = Topic(topic.Key, topic);
        }

        channels[AsyncApiNames.Replies] = Replies(AsyncApiOperations.RepliesOf(registry, contracts));
        return channels;
    }

    private JsonObject Queue(QueueDefinition queue, IEnumerable<MessageContract> contracts) => new()
    {
        ["address"] = queue.Name,
        ["description"] = Describe(queue),
        // The binding has a queue or an exchange, never both: a client in another language needs these as well.
        ["x-exchange"] = topology.CommandExchange,
        ["x-dead-letter-queue"] = queue.DeadLetterQueue,
        ["messages"] = Messages(contracts),
        ["bindings"] = Amqp(new JsonObject
        {
            ["is"] = "queue",
            ["queue"] = new JsonObject { ["name"] = queue.Name, ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false, ["vhost"] = "/" },
        }),
    };

    private JsonObject Topic(string topic, IEnumerable<MessageContract> contracts) => new()
    {
        ["address"] = topic,
        ["description"] = $"Events, through the topic exchange {topology.EventExchange}.",
        ["messages"] = Messages(contracts),
        ["bindings"] = Amqp(new JsonObject
        {
            ["is"] = "routingKey",
            ["exchange"] = new JsonObject { ["name"] = topology.EventExchange, ["type"] = "topic", ["durable"] = true, ["autoDelete"] = false, ["vhost"] = "/" },
        }),
    };

    private JsonObject Replies(IEnumerable<MessageContract> contracts) => new()
    {
        // Unknown until run time: the request's reply-to names it.
        ["address"] = null,
        ["description"] = $"The exclusive reply queue of the process that sent the request, through the topic exchange {topology.ReplyExchange}; its name travels in the request's reply-to.",
        ["messages"] = Messages(contracts),
    };

    private string Describe(QueueDefinition queue)
    {
        var events = queue.EventPatterns.Count == 0
            ? $"Commands and requests, through the topic exchange {topology.CommandExchange}."
            : $"Bound to {topology.EventExchange} with {string.Join(", ", queue.EventPatterns)}.";
        var type = (topology.TypeOf(queue), queue.IsPartitioned) switch
        {
            (_, true) => $"{queue.Partitions} partitions, {queue.PartitionQueue(0)} to {queue.PartitionQueue(queue.Partitions - 1)}, by the message's key ({MessageHeaders.PartitionKey})",
            (QueueType.Quorum, _) => "Quorum queue",
            _ => $"Classic queue with priorities 1 to {MessagePriority.Maximum}",
        };
        var retries = queue.RetryDelays.Count == 0
            ? "A message that fails is not tried again."
            : $"A message that fails is tried again after {string.Join(", ", queue.RetryDelays.Select(delay => $"{delay.TotalSeconds:0.###}"))} s.";
        return $"{type}. {events} {retries} What cannot be handled goes to {queue.DeadLetterQueue}.";
    }

    private static JsonObject Messages(IEnumerable<MessageContract> contracts)
    {
        var messages = new JsonObject();
        foreach (var contract in contracts)
        {
            messages[contract.Name] = AsyncApiNames.ToMessage(contract.Name);
        }

        return messages;
    }

    private static JsonObject Amqp(JsonObject binding)
    {
        binding["bindingVersion"] = AsyncApiNames.BindingVersion;
        return new JsonObject { ["amqp"] = binding };
    }
}
