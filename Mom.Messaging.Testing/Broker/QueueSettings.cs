using System.Globalization;

namespace Mom.Messaging.Testing.Broker;

/// <summary>How a queue was declared.</summary>
/// <param name="Durable">Counts for the comparison of two declarations alone: there is no disk.</param>
/// <param name="AutoDelete">Whether it ends with its last consumer.</param>
/// <param name="Owner">The connection with which an exclusive queue ends; <see langword="null"/> for any other.</param>
/// <param name="Arguments">Its <c>x-arguments</c>.</param>
internal sealed record QueueSettings(bool Durable, bool AutoDelete, object? Owner, IReadOnlyDictionary<string, object?> Arguments)
{
    public bool IsQuorum => Text("x-queue-type") is "quorum";

    public int? MaxPriority => (int?)Number("x-max-priority");

    public TimeSpan? TimeToLive => Number("x-message-ttl") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public string? DeadLetterExchange => Text("x-dead-letter-exchange");

    public string? DeadLetterRoutingKey => Text("x-dead-letter-routing-key");

    public long MaxLength => Number("x-max-length") ?? long.MaxValue;

    public long MaxBytes => Number("x-max-length-bytes") ?? long.MaxValue;

    public bool RefusesWhenFull => Text("x-overflow") is "reject-publish" or "reject-publish-dlx";

    public bool SingleActiveConsumer => Arguments.GetValueOrDefault("x-single-active-consumer") is true;

    /// <summary>What the broker says to a second declaration that differs, or <see langword="null"/>.</summary>
    public string? Difference(string queue, QueueSettings other)
    {
        if (Durable != other.Durable)
        {
            return Inequivalent("durable", other.Durable ? "true" : "false", Durable ? "true" : "false");
        }

        var differing = Arguments.Keys.Union(other.Arguments.Keys, StringComparer.Ordinal)
            .FirstOrDefault(name => !string.Equals(Value(Arguments, name), Value(other.Arguments, name), StringComparison.Ordinal));
        return differing is null ? null : Inequivalent(differing, Value(other.Arguments, differing), Value(Arguments, differing));

        string Inequivalent(string argument, string? received, string? current) =>
            $"PRECONDITION_FAILED - inequivalent arg '{argument}' for queue '{queue}' in vhost '/': received {Quoted(received)} but current is {Quoted(current)}";
    }

    private static string Quoted(string? value) => value is null ? "none" : $"the value '{value}'";

    private static string? Value(IReadOnlyDictionary<string, object?> arguments, string name) =>
        arguments.GetValueOrDefault(name) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private string? Text(string name) => Value(Arguments, name);

    private long? Number(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
