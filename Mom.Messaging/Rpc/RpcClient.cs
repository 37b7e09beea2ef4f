using System.Text.Json;
using Mom.Messaging.Connections;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Rpc;

/// <inheritdoc cref="IRpcClient"/>
internal sealed class RpcClient(
    EnvelopeFactory envelopes,
    MessageRegistry registry,
    MessagePublisher publisher,
    PendingRequests pending,
    HeldQueues held,
    IEnumerable<IRequestHeaders> more,
    TimeProvider time) : IRpcClient
{
    // Long enough for the reply that tells of the end of the outage, short enough for a person.
    private static readonly TimeSpan PatienceInAnOutage = TimeSpan.FromMilliseconds(500);

    public async Task<TReply> RequestAsync<TReply>(IRequest<TReply> request, RpcOptions? options = null, CancellationToken cancellationToken = default)
        where TReply : class
    {
        options ??= RpcOptions.Command;
        OptionsCheck.IsWait(options.Timeout, option: "RpcOptions.Timeout");
        var messageId = Guid.CreateVersion7();
        ReconnectDelay? delay = null;
        MessageNotConfirmedException? inDoubt = null;
        using var waiting = new CancellationTokenSource(options.Timeout, time);
        using var caller = cancellationToken.UnsafeRegister(static waiting => ((CancellationTokenSource)waiting!).Cancel(), waiting);
        while (true)
        {
            try
            {
                return await SendAsync<TReply>(request, options, messageId, waiting.Token, cancellationToken).ConfigureAwait(false);
            }
            catch (ConnectionLostException exception) when (!options.ExpiresWithCaller)
            {
                // With the same id, so that the copy has no effect if this one has arrived.
                inDoubt = exception;
            }
            catch (BrokerUnavailableException) when (inDoubt is not null)
            {
                // Still not back.
            }

            try
            {
                delay ??= new ReconnectDelay();
                await delay.WaitAsync(waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw inDoubt;
            }
        }
    }

    private async Task<TReply> SendAsync<TReply>(
        IRequest<TReply> request, RpcOptions options, Guid messageId, CancellationToken waiting, CancellationToken cancellationToken)
        where TReply : class
    {
        var correlationId = Guid.CreateVersion7().ToString();
        var queue = QueueOf(request);
        var envelope = envelopes.Create(
            request, new PublishOptions { MessageId = messageId, Headers = options.Headers, CorrelationId = options.CorrelationId, Tenant = options.Tenant });
        var headers = Headers(envelope, options);
        // The last thing before it is sent, so that the reply queue is the one that is there now.
        var (replyTo, reply) = pending.Add(correlationId)
            ?? throw new BrokerUnavailableException("There is no connection to the broker for the reply. It restores itself; try again soon.");
        try
        {
            envelope = envelope with
            {
                CorrelationId = correlationId,
                ReplyTo = replyTo,
                Persistent = !options.ExpiresWithCaller,
                Expiration = options.ExpiresWithCaller ? options.Timeout : null,
                Headers = headers,
            };
            var confirm = publisher.PublishAsync(envelope, request, waiting);
            return Read<TReply>(await ReplyAsync(confirm, reply, envelope, queue, options, waiting, cancellationToken).ConfigureAwait(false), queue, options);
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

    // A reply says more than a confirm: when it is there first, or the confirm gets lost, the request has arrived all the same. So nobody waits
    // for both. Where no reply comes, whether the request was confirmed decides what its caller may say.
    private async Task<Envelope> ReplyAsync(
        Task confirm, Task<Envelope> reply, Envelope request, string queue, RpcOptions options, CancellationToken waiting, CancellationToken cancellationToken)
    {
        pending.EndWith(request.CorrelationId!, confirm);
        if (!options.ExpiresWithCaller && held.Contains(queue))
        {
            return await HeldReplyAsync(confirm, reply, request, options, waiting, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var answer = await reply.WaitAsync(waiting).ConfigureAwait(false);
            Forget(confirm);
            return answer;
        }
        catch (Exception exception) when (exception is OperationCanceledException or RequestTimeoutException)
        {
            await ConfirmedAsync(confirm, request, options, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Envelope> HeldReplyAsync(
        Task confirm, Task<Envelope> reply, Envelope request, RpcOptions options, CancellationToken waiting, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(confirm, reply).ConfigureAwait(false) == reply && reply.IsCompletedSuccessfully)
        {
            Forget(confirm);
        }
        else
        {
            await ConfirmedAsync(confirm, request, options, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await reply.WaitAsync(PatienceInAnOutage, time, waiting).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new RequestDeferredException($"'{request.Type}' was confirmed, and is handled once the server that its handler needs is available again.");
        }
    }

    private static async Task ConfirmedAsync(Task confirm, Envelope envelope, RpcOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await confirm.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception is not NotSentException && !cancellationToken.IsCancellationRequested)
        {
            throw new ConfirmTimeoutException(envelope.Type, options.Timeout, blockedReason: null);
        }
        catch (NotSentException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PublishWindowFullException(exception.Window);
        }
    }

    private string QueueOf(object request) => registry.Find(request.GetType()).Queue!;

    private Dictionary<string, object?> Headers(Envelope envelope, RpcOptions options)
    {
        var headers = new Dictionary<string, object?>(envelope.Headers, StringComparer.Ordinal)
        {
            [MessageHeaders.Deadline] = (time.GetUtcNow() + options.Timeout).ToUnixTimeMilliseconds(),
        };
        foreach (var source in more)
        {
            source.Add(envelope.MessageId, envelope.Type, headers);
        }

        return headers;
    }

    // Its outcome is known already; an exception must not surface a second time as unobserved.
    private static void Forget(Task confirm)
    {
        if (!confirm.IsCompletedSuccessfully)
        {
            _ = confirm.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private TReply Read<TReply>(Envelope answer, string queue, RpcOptions options)
        where TReply : class
    {
        var contract = registry.Find(answer.Type) ?? throw new RequestFailedException($"The reply is of an unknown type '{answer.Type}'.");
        try
        {
            var body = JsonSerializer.Deserialize(answer.Body.Span, contract.Json);
            if (!options.ExpiresWithCaller && body is not Failure { Kind: FailureKind.Held })
            {
                held.Answered(queue);
            }

            return body switch
            {
                TReply reply => reply,
                Refusal refusal => throw new RequestRefusedException(refusal.Code, refusal.Detail),
                Failure { Kind: FailureKind.Held or FailureKind.Retried } deferred => throw new RequestDeferredException(deferred.Detail),
                Failure { Kind: FailureKind.Unavailable } unavailable => throw new RequestUnavailableException(unavailable.Detail),
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
