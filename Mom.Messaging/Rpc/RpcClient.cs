using System.Text.Json;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Rpc;

/// <inheritdoc cref="IRpcClient"/>
internal sealed class RpcClient(
    EnvelopeFactory envelopes,
    MessageRegistry registry,
    IMessagePublisher publisher,
    ReplyConsumer replies,
    PendingRequests pending,
    TimeProvider time) : IRpcClient
{
    public async Task<TReply> RequestAsync<TReply>(IRequest<TReply> request, RpcOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class
    {
        options ??= RpcOptions.Command;
        var replyTo = replies.Queue ?? throw new BrokerUnavailableException("There is no connection to the broker to receive a reply by. It restores itself; try again soon.");
        var correlationId = Guid.CreateVersion7().ToString();
        var deadline = time.GetTimestamp() + (long)(options.Timeout.TotalSeconds * time.TimestampFrequency);
        var reply = pending.Add(correlationId);
        try
        {
            var envelope = envelopes.Create(request) with
            {
                CorrelationId = correlationId,
                ReplyTo = replyTo,
                Persistent = !options.ExpiresWithCaller,
                Expiration = options.ExpiresWithCaller ? options.Timeout : null,
            };
            await publisher.PublishAsync(envelope, cancellationToken).ConfigureAwait(false);
            var remaining = time.GetElapsedTime(time.GetTimestamp(), deadline);
            var answer = await reply.WaitAsync(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
            return Read<TReply>(answer);
        }
        catch (TimeoutException exception)
        {
            throw new RequestTimeoutException($"'{registry.Find(request.GetType()).Name}' was confirmed, but not answered within {options.Timeout.TotalSeconds:0.#} s.", exception);
        }
        finally
        {
            pending.Remove(correlationId);
        }
    }

    private TReply Read<TReply>(Envelope answer)
        where TReply : class
    {
        var contract = registry.Find(answer.Type) ?? throw new RequestFailedException($"The reply is of an unknown type '{answer.Type}'.");
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, contract.Json) switch
            {
                TReply reply => reply,
                Refusal refusal => throw new RequestRefusedException(refusal.Code, refusal.Detail),
                Failure failure => throw new RequestFailedException(failure.Detail),
                _ => throw new RequestFailedException($"The reply is a '{answer.Type}', not a {typeof(TReply).Name}."),
            };
        }
        catch (JsonException exception)
        {
            throw new RequestFailedException($"The reply '{answer.Type}' cannot be read: {exception.Message}");
        }
    }
}
