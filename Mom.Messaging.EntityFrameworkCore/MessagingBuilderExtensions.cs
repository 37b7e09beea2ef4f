using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.EntityFrameworkCore.Inbox;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Inbox;
using Mom.Messaging.Outbox;

namespace Mom.Messaging.EntityFrameworkCore;

/// <summary>Adds outbox and inbox in Postgres to the messaging engine.</summary>
public static class MessagingBuilderExtensions
{
    /// <summary>Adds <see cref="EntityFrameworkOutbox{TContext}"/>, <see cref="IInbox"/> and the relay.</summary>
    /// <typeparam name="TContext">A context whose model calls <see cref="MessagingModelBuilderExtensions.AddMessaging"/>.</typeparam>
    public static MessagingBuilder AddEntityFrameworkOutbox<TContext>(this MessagingBuilder messaging)
        where TContext : DbContext
    {
        messaging.Services.AddSingleton<OutboxSignal>();
        messaging.Services.AddScoped<EntityFrameworkOutbox<TContext>>();
        messaging.Services.AddScoped<IOutboxStore, EntityFrameworkOutboxStore<TContext>>();
        messaging.Services.AddScoped<IInbox, EntityFrameworkInbox<TContext>>();
        messaging.Services.AddHostedService<OutboxRelay>();
        return messaging;
    }
}
