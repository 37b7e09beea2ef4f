using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.EntityFrameworkCore.Transactions;

/// <summary>
/// Runs handlers in a unit of work: inbox, effect and outbox are one transaction, which commits before the message is acked or the request answered.
/// What the handler publishes through its context goes to the outbox while the transaction is open.
/// </summary>
internal sealed class UnitOfWorkMiddleware<TContext>(TransactionalHandlers<TContext> handlers) : IHandlingMiddleware
    where TContext : DbContext
{
    public Task InvokeAsync(HandlingContext context, HandlingStep next)
    {
        switch (handlers.Of(context.Delivery.Queue, context.Message.GetType()))
        {
            case HandlerTransaction.Whole:
                return RunAsync(context, () => next(context));
            case HandlerTransaction.Effect:
                context.RunOnceBy(effect => RunAsync(context, effect));
                return next(context);
            default:
                return next(context);
        }
    }

    private static async Task RunAsync(HandlingContext context, Func<Task> effect)
    {
        // Only here, so that a message that needs no database has no context either.
        var work = context.Services.GetRequiredService<UnitOfWork<TContext>>();
        context.PublishBy(new Publisher(work, context));
        try
        {
            // The inbox of many knows no refusal: each of them is handled alone then.
            await (context.Messages.Count == 1
                ? work.RunOnceAsync(context.Delivery, effect, context.CancellationToken)
                : work.RunOnceAsync([.. context.Messages.Select(message => message.Context)], effect, context.CancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            // What an answer publishes after the commit goes to the broker.
            context.PublishBy(null);
        }
    }

    /// <summary>Adds to the outbox. What one handling publishes leaves in its order, and waits for no other.</summary>
    private sealed class Publisher(UnitOfWork<TContext> work, HandlingContext context) : IMessagePublisher
    {
        private readonly string _key = $"{context.Delivery.Queue} {context.Delivery.MessageId}";

        public Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default)
            where TMessage : class
        {
            // Those of a key leave in the order of their transactions, whichever handling they follow from.
            var partition = options?.PartitionKey ?? (message as IPartitioned)?.PartitionKey;
            work.Publish(partition is null ? _key : $"key {partition}", message, options);
            return Task.CompletedTask;
        }

        public Task PublishAsync(Envelope envelope, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("A handler publishes messages, not envelopes.");
    }
}
