using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mom.Messaging.Inbox;
using Mom.Messaging.Outbox;

namespace Mom.Messaging;

/// <summary>Adds what relays an outbox and cleans an inbox, for any store of them.</summary>
public static class OutboxServiceCollectionExtensions
{
    /// <summary>Adds the relay, the inbox's cleaner and their metrics.</summary>
    /// <param name="messaging">The engine.</param>
    /// <typeparam name="TOutbox">Keeps the outbox, created for each use.</typeparam>
    /// <typeparam name="TInbox">Keeps the inbox, likewise.</typeparam>
    public static MessagingBuilder AddOutboxRelay<TOutbox, TInbox>(this MessagingBuilder messaging)
        where TOutbox : class, IOutboxStore, IOutboxAdministration
        where TInbox : class, IInbox, IInboxStore
    {
        var services = messaging.Services;
        services.TryAddSingleton(new OutboxOptions());
        services.TryAddSingleton(new InboxOptions());
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<StuckDestinations>();
        services.AddScoped<TOutbox>();
        services.AddScoped<IOutboxStore>(provider => provider.GetRequiredService<TOutbox>());
        services.AddScoped<IOutboxAdministration>(provider => provider.GetRequiredService<TOutbox>());
        services.AddScoped<TInbox>();
        services.AddScoped<IInbox>(provider => provider.GetRequiredService<TInbox>());
        services.AddScoped<IInboxStore>(provider => provider.GetRequiredService<TInbox>());
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<StuckDestinationsProbe>();
        services.AddHostedService<OutboxMonitor>();
        services.AddHostedService<InboxCleaner>();
        return messaging;
    }
}
