using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.EntityFrameworkCore.Inbox;
using Mom.Messaging.EntityFrameworkCore.Outbox;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Adds outbox and inbox in Postgres to the messaging engine.</summary>
public static class MessagingBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="EntityFrameworkOutbox{TContext}"/>, <see cref="Messaging.Inbox.IInbox"/>, the relay and the inbox's cleaner.
    /// </summary>
    /// <typeparam name="TContext">A context whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
    public static MessagingBuilder AddEntityFrameworkOutbox<TContext>(this MessagingBuilder messaging)
        where TContext : DbContext
    {
        messaging.Services.AddHostedService<RelationalModelAtStart<TContext>>();
        messaging.Services.AddScoped<EntityFrameworkOutbox<TContext>>();
        return messaging.AddOutboxRelay<EntityFrameworkOutboxStore<TContext>, EntityFrameworkInbox<TContext>>();
    }
}
