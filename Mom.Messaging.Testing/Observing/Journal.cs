using System.Text.Json;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Testing.Broker;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Testing.Observing;

/// <summary>All that happened to messages, in its order.</summary>
internal sealed class Journal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Sighting> _sightings = [];
    private readonly List<(MessageRegistry Registry, BrokerTopology Topology)> _processes = [];

    public IReadOnlyList<Sighting> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _sightings];
            }
        }
    }

    /// <summary>Adds the contracts and queues of a process, by which messages are understood.</summary>
    public void Know(MessageRegistry registry, BrokerTopology topology)
    {
        lock (_lock)
        {
            _processes.Add((registry, topology));
        }
    }

    public void Add(Sighting sighting)
    {
        lock (_lock)
        {
            _sightings.Add(sighting);
        }
    }

    /// <summary>Notes a message that came to the broker.</summary>
    public Sighting Published(StoredMessage message)
    {
        var envelope = EnvelopeProperties.Read(message.Exchange, message.RoutingKey, message.Properties, message.Body);
        var (where, wait) = Destination(envelope);
        var (type, body) = Read(envelope);
        var now = time.GetUtcNow();
        var sighting = new Sighting(KindOf(envelope, where), now, type, body) { Envelope = envelope, Where = where, DeliverAt = now + wait };
        Add(sighting);
        return sighting;
    }

    /// <summary>What a message is, for people: its type and its JSON.</summary>
    public string Describe(StoredMessage message)
    {
        var envelope = EnvelopeProperties.Read(message.Exchange, message.RoutingKey, message.Properties, message.Body);
        return Describe(Read(envelope).Type, envelope);
    }

    public static string Describe(Type? type, Envelope envelope) => $"{type?.Name ?? $"'{envelope.Type}'"} {System.Text.Encoding.UTF8.GetString(envelope.Body.Span)}";

    private List<(MessageRegistry Registry, BrokerTopology Topology)> Processes()
    {
        lock (_lock)
        {
            return [.. _processes];
        }
    }

    private SightingKind KindOf(Envelope envelope, string where)
    {
        var topologies = Processes().ConvertAll(process => process.Topology);
        if (topologies.Exists(topology => string.Equals(topology.ReplyExchange, envelope.Exchange, StringComparison.Ordinal)))
        {
            return SightingKind.Replied;
        }

        // Every copy that the engine makes of a message tells who sent the first; nobody else may write that header.
        if (!envelope.Headers.ContainsKey(MessageHeaders.Sender))
        {
            return envelope.ReplyTo is null ? SightingKind.Published : SightingKind.Requested;
        }

        return topologies.Exists(topology => topology.Queues.Any(queue => string.Equals(queue.DeadLetterQueue, where, StringComparison.Ordinal)))
            ? SightingKind.DeadLettered
            : SightingKind.SentOn;
    }

    private (Type? Type, object? Message) Read(Envelope envelope)
    {
        if (Processes().Select(process => process.Registry.Find(envelope.Type)).FirstOrDefault(found => found is not null) is not { } contract)
        {
            return (null, null);
        }

        try
        {
            return (contract.ClrType, JsonSerializer.Deserialize(envelope.Body.Span, contract.Json));
        }
        catch (JsonException)
        {
            return (contract.ClrType, null);
        }
    }

    // The key of a delayed message is its seconds as binary digits, then q.<queue> or e.<topic>.
    private static (string Where, TimeSpan Wait) Destination(Envelope envelope)
    {
        if (!envelope.Exchange.StartsWith(DelayExchanges.Prefix, StringComparison.Ordinal))
        {
            return (envelope.RoutingKey, TimeSpan.Zero);
        }

        var words = envelope.RoutingKey.Split('.');
        var seconds = words.Take(DelayExchanges.Levels).Aggregate(0L, (sum, digit) => (sum * 2) + (digit is "1" ? 1 : 0));
        return (string.Join('.', words.Skip(DelayExchanges.Levels + 1)), TimeSpan.FromSeconds(seconds));
    }
}
