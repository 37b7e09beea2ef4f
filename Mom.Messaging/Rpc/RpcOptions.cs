namespace Mom.Messaging.Rpc;

/// <summary>How a request waits for its reply.</summary>
public sealed record RpcOptions
{
    /// <summary>How long to wait for the reply, the broker's confirm included. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the request is worth nothing once its caller has gone. True (a query): it is not persisted, the broker drops it
    /// after <see cref="Timeout"/>, and a handler that fails answers at once instead of trying again. False (a command): it stays
    /// until it is handled, whether anybody still waits or not. Default false.
    /// </summary>
    public bool ExpiresWithCaller { get; init; }

    /// <summary>A command: waits, and is handled even when the caller has gone.</summary>
    public static RpcOptions Command { get; } = new();

    /// <summary>A query: expires with its caller.</summary>
    public static RpcOptions Query { get; } = new() { ExpiresWithCaller = true };
}
