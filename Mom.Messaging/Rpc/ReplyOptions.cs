namespace Mom.Messaging.Rpc;

/// <summary>Which replies a process accepts. Register one of these before the engine to deviate from the defaults.</summary>
public sealed record ReplyOptions
{
    /// <summary>
    /// Whether the process has a reply queue, without which it can send no requests; true by default. A process that sends none needs no permission
    /// to declare one.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The broker users whose replies are accepted; <see langword="null"/>, the default, for any. Another's is dropped, and its request waits on.</summary>
    public IReadOnlyCollection<string>? AllowedSenders { get; init; }
}
