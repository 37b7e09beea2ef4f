using Mom.Messaging.Errors;

namespace Mom.Messaging.Rpc;

/// <summary>Sends requests over the broker and waits for their replies.</summary>
public interface IRpcClient
{
    /// <summary>Sends a request, waits for the broker's confirm and then for the reply.</summary>
    /// <param name="request">The request; its contract names the queue.</param>
    /// <param name="options">How long to wait, and whether the request expires with its caller.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the request.</param>
    /// <exception cref="BrokerUnavailableException">Nothing was sent.</exception>
    /// <exception cref="MessageNotConfirmedException">The request may or may not have arrived.</exception>
    /// <exception cref="MessageUnroutableException">No queue takes the request; nothing was stored.</exception>
    /// <exception cref="RequestTimeoutException">The request was confirmed, but no reply came in time.</exception>
    /// <exception cref="RequestRefusedException">The handler said no.</exception>
    /// <exception cref="RequestFailedException">The handler crashed for good.</exception>
    Task<TReply> RequestAsync<TReply>(IRequest<TReply> request, RpcOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class;
}
