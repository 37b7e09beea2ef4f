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
        var delay = new ReconnectDelay();
        MessageNotConfirmedException? inDoubt = null;
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
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
        var envelope = Envelope(request, options, messageId, correlationId);
        // The last thing before it is sent, so that the reply queue is the one that is there now.
        var (replyTo, reply) = pending.Add(correlationId)
            ?? throw new BrokerUnavailableException("There is no connection to the broker for the reply. It restores itself; try again soon.");
        envelope = envelope with { ReplyTo = replyTo };
        try
        {
            var confirm = publisher.PublishAsync(envelope, request, waiting);
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

            return Read<TReply>(await ReplyAsync(reply, envelope.Type, QueueOf(request), options, waiting).ConfigureAwait(false), QueueOf(request), options);
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

    private async Task<Envelope> ReplyAsync(Task<Envelope> reply, string type, string queue, RpcOptions options, CancellationToken waiting)
    {
        if (options.ExpiresWithCaller || !held.Contains(queue))
        {
            return await reply.WaitAsync(waiting).ConfigureAwait(false);
        }

        try
        {
            return await reply.WaitAsync(PatienceInAnOutage, time, waiting).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new RequestDeferredException($"'{type}' was confirmed, and is handled once the server that its handler needs is available again.");
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

    private Envelope Envelope(object request, RpcOptions options, Guid messageId, string correlationId)
    {
        var envelope = envelopes.Create(
            request, new PublishOptions { MessageId = messageId, Headers = options.Headers, CorrelationId = options.CorrelationId, Tenant = options.Tenant });
        var headers = new Dictionary<string, object?>(envelope.Headers, StringComparer.Ordinal)
        {
            [MessageHeaders.Deadline] = (time.GetUtcNow() + options.Timeout).ToUnixTimeMilliseconds(),
        };
        foreach (var source in more)
        {
            source.Add(messageId, envelope.Type, headers);
        }

        return envelope with
        {
            CorrelationId = correlationId,
            Persistent = !options.ExpiresWithCaller,
            Expiration = options.ExpiresWithCaller ? options.Timeout : null,
            Headers = headers,
        };
    }

    // Its outcome is known already; an exception must not surface a second time as unobserved.
    private static void Forget(Task confirm) =>
        _ = confirm.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

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
