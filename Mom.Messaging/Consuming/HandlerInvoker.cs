using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Consuming;

/// <summary>Reads the message of an envelope and calls its handler. When a method returns, all that the handler published is confirmed.</summary>
internal sealed class HandlerInvoker(MessageRegistry registry, IMessagePublisher publisher, IServiceScopeFactory scopes, HandlerTimer timer)
{
    /// <summary>The type of message that an envelope is handled as, if anything here handles it: its own, or a newer version of it.</summary>
    public Type? TypeOf(Envelope message, ConsumerRegistration consumer) =>
        registry.Find(message.Type) is { } contract ? consumer.HandledAs(contract.ClrType) : null;

    /// <summary>A context for one call of the handler. What an earlier call published, and how that ended, is none of the next one's.</summary>
    public MessageContext ContextOf(Envelope message, ConsumerRegistration consumer, CancellationToken cancellationToken) =>
        new(message.MessageId, consumer.Queue.Name, FailedMessages.AttemptOf(message), consumer.MaxAttempts, message.Timestamp)
        {
            Priority = message.Priority,
            Headers = message.Headers,
            // Where the caller was told of an outage, nobody waits any more.
            Deadline = message.ReplyTo is null ? null : DeadlineOf(message),
            CancellationToken = cancellationToken,
            Publisher = publisher,
        };

    /// <returns>The reply, or <see langword="null"/> where there is none.</returns>
    /// <exception cref="UnknownMessageException">Nothing here handles it.</exception>
    /// <exception cref="MalformedBodyException">It cannot be read.</exception>
    /// <exception cref="HandlerTimeoutException">It took too long.</exception>
    public Task<object?> InvokeAsync(Envelope message, ConsumerRegistration consumer, LaneState lane, CancellationToken cancellationToken)
    {
        return timer.RunAsync(HandleAsync, message, 1, consumer, lane, cancellationToken);

        async Task<object?> HandleAsync(CancellationToken end)
        {
            var body = Read(message, consumer);
            var timed = ContextOf(message, consumer, end);
            await using var scope = scopes.CreateAsyncScope();
            object? reply;
            try
            {
                var call = consumer.Handlers[body.GetType()];
                reply = consumer.Middleware is { } middleware
                    ? await ThroughAsync(middleware, call, scope.ServiceProvider, body, timed).ConfigureAwait(false)
                    : await call(scope.ServiceProvider, body, timed, end).ConfigureAwait(false);
            }
            catch (RefusalException refusal)
            {
                reply = new Refusal(refusal.Code, refusal.Message);
            }

            await timed.ConfirmedAsync().ConfigureAwait(false);
            return reply;
        }
    }

    /// <inheritdoc cref="InvokeAsync" path="/exception"/>
    /// <returns>The replies, or <see langword="null"/> where there are none.</returns>
    public Task<IReadOnlyList<object>?> InvokeBatchAsync(
        IReadOnlyList<Delivery> batch, BatchTraces traces, BatchRegistration registration, ConsumerRegistration consumer, LaneState lane, CancellationToken cancellationToken)
    {
        var bodies = batch.Select(delivery => Read(delivery.Message, consumer)).ToList();
        return timer.RunAsync(HandleAsync, batch[0].Message, batch.Count, consumer, lane, cancellationToken);

        async Task<IReadOnlyList<object>?> HandleAsync(CancellationToken end)
        {
            var messages = bodies.Select((body, number) => (body, Context: ContextOf(batch[number].Message, consumer, end) with { Enter = () => traces.Enter(number) })).ToList();
            await using var scope = scopes.CreateAsyncScope();
            var replies = consumer.Middleware is { } middleware
                ? await ThroughAsync(middleware, registration.Call, scope.ServiceProvider, messages, end).ConfigureAwait(false)
                : await registration.Call(scope.ServiceProvider, messages, end).ConfigureAwait(false);
            await Task.WhenAll(messages.Select(message => message.Context.ConfirmedAsync())).ConfigureAwait(false);
            return replies;
        }
    }

    private async Task<object?> ThroughAsync(HandlingStep middleware, HandlerCall call, IServiceProvider services, object body, MessageContext context)
    {
        var handling = new HandlingContext(services, [new(body, context)], async handling => handling.Reply = await call(services, body, context, context.CancellationToken).ConfigureAwait(false), context.CancellationToken);
        await middleware(handling).ConfigureAwait(false);
        return handling is { Handled: false, Reply: null } && registry.Find(body.GetType()).ReplyType is { } reply
            ? throw new InvalidOperationException($"A middleware ended the handling of {body.GetType().Name} without an answer. Call next, set Reply to a {reply.Name}, or throw.")
            : handling.Reply;
    }

    // Where it ends the handling of requests, each is handled alone after this, and its answer asked of the middleware then.
    private async Task<IReadOnlyList<object>?> ThroughAsync(
        HandlingStep middleware, BatchCall call, IServiceProvider services, List<(object Body, MessageContext Context)> messages, CancellationToken end)
    {
        IReadOnlyList<object>? replies = null;
        var delivered = messages.ConvertAll(item => new Delivered<object>(item.Body, item.Context));
        var handling = new HandlingContext(services, delivered, async context => replies = await call(context.Services, messages, end).ConfigureAwait(false), end);
        await middleware(handling).ConfigureAwait(false);
        return !handling.Handled && registry.Find(messages[0].Body.GetType()).ReplyType is not null
            ? throw new InvalidOperationException($"A middleware ended the handling of {messages.Count} requests.")
            : replies;
    }

    private object Read(Envelope message, ConsumerRegistration consumer)
    {
        if (registry.Find(message.Type) is not { } contract || consumer.HandledAs(contract.ClrType) is not { } handled)
        {
            throw new UnknownMessageException($"Nothing here handles '{message.Type}' from {consumer.Queue.Name}.");
        }

        try
        {
            var body = JsonSerializer.Deserialize(message.Body.Span, contract.Json) ?? throw new MalformedBodyException($"The body of '{message.Type}' is null.");
            return handled == contract.ClrType ? body : consumer.Versions.Upcast(body, handled);
        }
        catch (JsonException exception)
        {
            throw new MalformedBodyException($"The body of '{message.Type}' cannot be read: {exception.Message}", exception);
        }
    }

    private static DateTimeOffset? DeadlineOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Deadline) switch
        {
            long milliseconds => TimeOf(milliseconds),
            // Not of this engine.
            { } value when long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) => TimeOf(milliseconds),
            _ => null,
        };

    private static DateTimeOffset? TimeOf(long milliseconds) =>
        milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
