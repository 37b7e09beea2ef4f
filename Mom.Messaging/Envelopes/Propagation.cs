using Mom.Messaging.Diagnostics;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Envelopes;

/// <summary>
/// The headers of a new message: those that its sender names, and those that it has from the message from whose handling it follows. One that
/// belongs to nothing has none, and costs nothing.
/// </summary>
internal sealed class Propagation
{
    private const int LongestId = 255;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Whether a message that follows from none begins a correlation of its own, by its own id.</summary>
    public bool Correlates { get; set; }

    /// <exception cref="ArgumentException">Only the engine or the broker writes this header.</exception>
    public void Add(string name)
    {
        Refuse(name);
        _names.Add(name);
    }

    /// <returns>The headers, or <see langword="null"/> for none.</returns>
    /// <exception cref="ArgumentException">The sender names a header that only the engine or the broker writes, or an id that is too long.</exception>
    public Dictionary<string, object?>? HeadersOf(Guid messageId, PublishOptions? options)
    {
        var (cause, causeId) = options?.Cause is { } context
            ? (context.Headers, context.MessageId)
            : MessageTags.InFlight is { } message ? (message.Headers, message.MessageId) : (null, Guid.Empty);
        Dictionary<string, object?>? headers = null;
        if (cause is not null)
        {
            foreach (var name in _names)
            {
                if (cause.TryGetValue(name, out var value))
                {
                    Set(name, value);
                }
            }
        }

        if (options?.Headers is { } own)
        {
            foreach (var (name, value) in own)
            {
                Refuse(name);
                Set(name, value);
            }
        }

        var correlation = Checked(options?.CorrelationId, "CorrelationId") ?? Inherited(MessageHeaders.Correlation)
            ?? (Correlates ? (cause is null ? messageId : causeId).ToString() : null);
        if (correlation is not null)
        {
            Set(MessageHeaders.Correlation, correlation);
            if (cause is not null)
            {
                Set(MessageHeaders.Causation, causeId.ToString());
            }
        }

        if ((Checked(options?.Tenant, "Tenant") ?? Inherited(MessageHeaders.Tenant)) is { } tenant)
        {
            Set(MessageHeaders.Tenant, tenant);
        }

        return headers;

        void Set(string name, object? value) => (headers ??= new(StringComparer.Ordinal))[name] = value;

        // Anybody may have written it: what is too long is not carried from message to message.
        string? Inherited(string name) => cause?.GetValueOrDefault(name) is string { Length: <= LongestId } text ? text : null;
    }

    private static string? Checked(string? id, string option) => id is null || id.Length is > 0 and <= LongestId
        ? id
        : throw new ArgumentException($"PublishOptions.{option} has {id.Length} characters. Give it 1 to {LongestId}.", nameof(id));

    private static void Refuse(string name)
    {
        if (MessageHeaders.IsReserved(name))
        {
            throw new ArgumentException($"The header '{name}' is written by the engine or the broker alone. Use another name.", nameof(name));
        }
    }
}
