using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Diagnostics;

/// <summary>
/// What is known of the work in flight, on its span and on every line that is logged meanwhile, so that all of one order or one job
/// can be found by its id. The engine begins them for each message; a handler adds its own with <see cref="Set"/>.
/// </summary>
/// <example><code>MessageTags.Set("mom.job.id", message.JobId);</code></example>
public sealed class MessageTags : IReadOnlyList<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<MessageTags?> Current = new();

    private readonly Activity? _span;
    private readonly MessageTags? _outer;
    private readonly IDisposable? _scope;
    private volatile KeyValuePair<string, object?>[]? _tags;

    private MessageTags(ILogger logger, Activity? span, Envelope? message, KeyValuePair<string, object?>[]? tags)
    {
        _span = span;
        Message = message;
        _tags = tags;
        _outer = Current.Value;
        _scope = logger.BeginScope(this);
        Current.Value = this;
    }

    /// <summary>The message in flight, from which what is published meanwhile follows; <see langword="null"/> outside of its handling.</summary>
    internal static Envelope? InFlight => Current.Value?.Message;

    /// <summary>The message that is handled.</summary>
    internal Envelope? Message { get; }

    /// <summary>How many there are.</summary>
    public int Count => Tags.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">From 0.</param>
    public KeyValuePair<string, object?> this[int index] => Tags[index];

    /// <summary>
    /// Begins a piece of work: what is set from here on, in this method or in what it calls, belongs to the current span and to the
    /// logs until the result is disposed.
    /// </summary>
    /// <param name="logger">Any logger of the process: scopes are shared by all.</param>
    /// <param name="tags">What is known already; for the logs only.</param>
    public static MessageTags Begin(ILogger logger, params KeyValuePair<string, object?>[] tags) => new(logger, Activity.Current, message: null, tags);

    /// <summary>Begins the handling of a message.</summary>
    internal static MessageTags Begin(ILogger logger, Envelope message) =>
        new(logger, Activity.Current, message, tags: null);

    // Of a message they are wanted only where something is logged meanwhile, or a tag is added.
    private KeyValuePair<string, object?>[] Tags =>
        _tags ??= Message is { } message ? [new("messaging.message.id", message.MessageId), new("mom.message.type", message.Type)] : [];

    /// <summary>Adds a tag to the work in flight; outside of any, to the current span alone.</summary>
    /// <param name="name">In lower case with dots, such as <c>mom.job.id</c>. An earlier value is replaced.</param>
    /// <param name="value">Never personal data: it stands in traces and logs.</param>
    public static void Set(string name, object? value)
    {
        if (Current.Value is not { } tags)
        {
            Activity.Current?.SetTag(name, value);
            return;
        }

        tags._span?.SetTag(name, value);
        tags._tags = [.. tags.Tags.Where(tag => !string.Equals(tag.Key, name, StringComparison.Ordinal)), new(name, value)];
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)Tags).GetEnumerator();

    /// <summary>For loggers that print scopes as text.</summary>
    public override string ToString() => string.Join(", ", Tags.Select(tag => $"{tag.Key}={tag.Value}"));

    /// <summary>Ends the piece of work.</summary>
    public void Dispose()
    {
        Current.Value = _outer;
        _scope?.Dispose();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
