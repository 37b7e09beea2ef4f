using Mom.Messaging.Errors;

namespace Mom.Messaging.Rpc;

/// <summary>Sends requests over the broker and waits for their replies.</summary>
public interface IRpcClient
{
    /// <summary>Sends a request, waits for the broker's confirm and then for the reply.</summary>
    /// <param name="request">The request; its contract names the queue.</param>
    /// <param name="options">How long to wait, and whether the request expires with its caller.</param>
    /// <param name="cancellationToken">Cancels the wait, not the request.</param>
    /// <exception cref="BrokerUnavailableException">Nothing was sent.</exception>
    /// <exception cref="MessageNotConfirmedException">
    /// The request may or may not have arrived, but for a <see cref="MessageRefusedException"/>: one queue takes it, and that refused it. A
    /// command whose connection was lost has been sent again with the same message id for as long as <see cref="RpcOptions.Timeout"/> allows.
    /// </exception>
    /// <exception cref="MessageUnroutableException">No queue takes the request; nothing was stored.</exception>
    /// <exception cref="RequestTimeoutException">The request was confirmed, but no reply came in time.</exception>
    /// <exception cref="RequestRefusedException">The handler refused it, for a reason of the domain.</exception>
    /// <exception cref="RequestDeferredException">A command was confirmed and will be handled, but no reply will come: its first attempt failed, or there is an outage.</exception>
    /// <exception cref="RequestUnavailableException">A query was not handled because of an outage.</exception>
    /// <exception cref="RequestFailedException">The handler fails with this request, and would again.</exception>
    Task<TReply> RequestAsync<TReply>(IRequest<TReply> request, RpcOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class;
}

/// <summary>How a request waits for its reply.</summary>
public sealed record RpcOptions
{
    /// <summary>How long to wait for the reply, the broker's confirm included. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the request has no purpose once its caller does not wait any more. True (a query): it is not persisted, the broker drops it
    /// after <see cref="Timeout"/>, and a handler that fails answers at once instead of trying again. False (a command): it stays
    /// until it is handled, whether its caller still waits or not; the caller is told at the first failed attempt that it takes longer. Default false.
    /// </summary>
    public bool ExpiresWithCaller { get; init; }

    /// <inheritdoc cref="Publishing.PublishOptions.Headers"/>
    public IReadOnlyDictionary<string, object?>? Headers { get; init; }

    /// <inheritdoc cref="Publishing.PublishOptions.CorrelationId"/>
    public string? CorrelationId { get; init; }

    /// <inheritdoc cref="Publishing.PublishOptions.Tenant"/>
    public string? Tenant { get; init; }

    /// <summary>A command: it is handled even when its caller does not wait any more.</summary>
    public static RpcOptions Command { get; } = new();

    /// <summary>A query: expires with its caller.</summary>
    public static RpcOptions Query { get; } = new() { ExpiresWithCaller = true };
}
