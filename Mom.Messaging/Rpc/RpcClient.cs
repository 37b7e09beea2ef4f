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
        OptionsCheck.IsWait(options.Timeout, option: "RpcOptions.Timeout");
        var replyTo = replies.Queue ?? throw new BrokerUnavailableException("There is no connection to the broker to receive a reply by. It restores itself; try again soon.");
        var correlationId = Guid.CreateVersion7().ToString();
        var envelope = Envelope(request, options, correlationId, replyTo);
        var reply = pending.Add(correlationId);
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var confirm = publisher.PublishAsync(envelope, waiting.Token);
            // A reply says more than a confirm: when it is there first, or the confirm gets lost, the request has arrived all the
            // same. Not so the end of the reply queue: whether the request was confirmed decides what its caller may say then.
            if (await Task.WhenAny(confirm, reply).ConfigureAwait(false) == reply && reply.IsCompletedSuccessfully)
            {
                Forget(confirm);
            }
            else
            {
                await ConfirmedAsync(confirm, envelope, options, cancellationToken).ConfigureAwait(false);
            }

            return Read<TReply>(await reply.WaitAsync(waiting.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RequestTimeoutException($"'{envelope.Type}' was confirmed, but not answered within {options.Timeout.TotalSeconds:0.#} s.", exception);
        }
        finally
        {
            pending.Remove(correlationId);
        }
    }

    private static async Task ConfirmedAsync(Task confirm, Envelope envelope, RpcOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await confirm.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConfirmTimeoutException(envelope.Type, options.Timeout, blockedReason: null);
        }
    }

    private Envelope Envelope(object request, RpcOptions options, string correlationId, string replyTo) => envelopes.Create(request) with
    {
        CorrelationId = correlationId,
        ReplyTo = replyTo,
        Persistent = !options.ExpiresWithCaller,
        Expiration = options.ExpiresWithCaller ? options.Timeout : null,
        Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [MessageHeaders.Deadline] = (time.GetUtcNow() + options.Timeout).ToUnixTimeMilliseconds(),
        },
    };

    // Its outcome is known already; an exception must not surface a second time as unobserved.
    private static void Forget(Task confirm) =>
        _ = confirm.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

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
