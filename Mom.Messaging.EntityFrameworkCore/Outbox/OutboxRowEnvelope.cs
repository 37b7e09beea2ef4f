using System.Text.Json;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>Translates between an envelope and a row. What only a request needs (reply queue, expiration) is not kept.</summary>
internal static class OutboxRowEnvelope
{
    public static OutboxRow Write(string key, Envelope envelope) => new()
    {
        Key = key,
        MessageId = envelope.MessageId,
        Exchange = envelope.Exchange,
        RoutingKey = envelope.RoutingKey,
        Type = envelope.Type,
        Priority = envelope.Priority,
        Mandatory = envelope.Mandatory,
        Body = envelope.Body.ToArray(),
        Headers = envelope.Headers.Count == 0 ? null : JsonSerializer.Serialize(envelope.Headers),
        CorrelationId = envelope.CorrelationId,
        TraceParent = envelope.TraceParent,
        CreatedAt = envelope.Timestamp,
        NextAttemptAt = envelope.Timestamp,
    };

    public static Envelope Read(OutboxRow row) => new(row.Exchange, row.RoutingKey, row.Type, row.MessageId, row.Priority, row.Body)
    {
        Headers = Headers(row.Headers),
        Mandatory = row.Mandatory,
        CorrelationId = row.CorrelationId,
        Timestamp = row.CreatedAt,
        TraceParent = row.TraceParent,
    };

    private static Dictionary<string, object?> Headers(string? json) =>
        json is null
            ? []
            : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(header => header.Key, header => Value(header.Value), StringComparer.Ordinal);

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
