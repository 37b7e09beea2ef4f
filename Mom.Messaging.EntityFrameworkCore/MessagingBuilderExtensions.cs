using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mom.Messaging.Consuming;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Inbox;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.EntityFrameworkCore.Transactions;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Adds what the messaging engine keeps in Postgres.</summary>
public static class MessagingBuilderExtensions
{
    /// <summary>
    /// Adds all that a service with a database in Postgres needs so that nothing is lost and nothing happens twice: outbox and inbox; handlers that run in a
    /// unit of work (<see cref="UnitOfWork{TContext}"/>); an outage gate, so that messages wait at no attempt's cost while Postgres takes no writes; and
    /// dead letters in tables (<see cref="DeadLetterAdministration{TContext}"/>), with replay and discard of one or many.
    /// </summary>
    /// <remarks>
    /// Middleware that is added before this runs outside of the transaction, and after it within. A second service with the same topology must not store
    /// dead letters as well: see <see cref="PostgresOptions.StoresDeadLetters"/>.
    /// </remarks>
    /// <typeparam name="TContext">A context that is registered, whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
    /// <param name="messaging">The engine.</param>
    /// <param name="configure">Sets which parts there are.</param>
    public static MessagingBuilder AddPostgres<TContext>(this MessagingBuilder messaging, Action<PostgresOptions>? configure = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(messaging);
        var options = new PostgresOptions();
        configure?.Invoke(options);
        messaging.Services.AddSingleton<TransactionalHandlers<TContext>>();
        messaging.Services.AddHostedService<DurableStart<TContext>>();
        messaging.Services.AddSingleton<IOutageGate, PostgresOutage<TContext>>();
        messaging.AddEntityFrameworkOutbox<TContext>();
        messaging.Use<UnitOfWorkMiddleware<TContext>>();
        return options.StoresDeadLetters ? messaging.AddDeadLetters<TContext>() : messaging;
    }

    /// <summary>
    /// Adds <see cref="EntityFrameworkOutbox{TContext}"/>, <see cref="Messaging.Inbox.IInbox"/>, the relay, the inbox's cleaner, and a
    /// <see cref="UnitOfWork{TContext}"/> that a handler opens by itself: the parts alone, for what <see cref="AddPostgres{TContext}"/> does not fit.
    /// </summary>
    /// <typeparam name="TContext">A context whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
    public static MessagingBuilder AddEntityFrameworkOutbox<TContext>(this MessagingBuilder messaging)
        where TContext : DbContext
    {
        messaging.Services.AddHostedService<RelationalModelAtStart<TContext>>();
        messaging.Services.AddScoped<EntityFrameworkOutbox<TContext>>();
        messaging.Services.AddScoped<UnitOfWork<TContext>>();
        return messaging.AddOutboxRelay<EntityFrameworkOutboxStore<TContext>, EntityFrameworkInbox<TContext>>();
    }

    /// <summary>Stores the dead letters of all queues of the topology. The outbox must be there.</summary>
    internal static MessagingBuilder AddDeadLetters<TContext>(this MessagingBuilder messaging)
        where TContext : DbContext
    {
        messaging.Services.TryAddScoped<ReplayedMessages<TContext>>();
        messaging.Services.AddScoped(services => new DeadLetterDecisions<TContext>(
            services.GetRequiredService<TContext>(), services.GetRequiredService<ReplayedMessages<TContext>>(), services.GetRequiredService<TimeProvider>()));
        messaging.Services.AddScoped<DeadLetterAdministration<TContext>>();
        messaging.Services.AddHostedService<DeadLetterOperations<TContext>>();
        return messaging.AddDeadLetterStore<DeadLetterStore<TContext>>();
    }
}

/// <summary>What <see cref="MessagingBuilderExtensions.AddPostgres{TContext}"/> adds.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// Whether this process stores the dead letters of all queues of its topology, so that they can be looked for and replayed. Default true. Of services
    /// that share a topology, one does: with two the dead letters would be divided between their databases.
    /// </summary>
    public bool StoresDeadLetters { get; set; } = true;
}
