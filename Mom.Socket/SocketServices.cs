using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Notifications;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Redis;
using Mom.Socket.Events;
using Mom.Socket.Hubs;
using StackExchange.Redis;

namespace Mom.Socket;

/// <summary>What the socket is made of: a consumer of events, a hub, and Redis between the replicas.</summary>
internal static class SocketServices
{
    public static void AddMomSocket(this WebApplicationBuilder builder)
    {
        builder.AddRabbitMQClient("rabbitmq", settings => settings.DisableHealthChecks = true);
        builder.AddRedisClient("redis", configureOptions: MomRedis.Configure);
        builder.AddMomSessions(tokenInQueryUnder: SocketContract.HubPath);

        builder.Services.AddSingleton<IUserIdProvider, UserIdFromSubject>();
        builder.Services.AddSignalR()
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, MomJsonContext.Default))
            .AddStackExchangeRedis();
        // The backplane: whichever replica takes an event from the queue, the user's connections on all of them get it.
        builder.Services.AddOptions<RedisOptions>().Configure<IServiceProvider>((options, services) =>
            options.ConnectionFactory = _ => Task.FromResult(services.GetRequiredService<IConnectionMultiplexer>()));

        builder.Services.AddSingleton<OpenConnections>();
        builder.Services.AddSingleton<IValidateOptions<SocketOptions>, SocketOptionsValidator>();
        builder.Services.AddOptions<SocketOptions>().BindConfiguration(SocketOptions.Section).ValidateOnStart();
        builder.Services.AddHostedService<MissedPushes>();
        builder.Services.AddHostedService<EndedSessions>();
        builder.Services.AddSingleton<Delivery>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Delivery>());
        builder.Services.AddSingleton<IOutageGate, RedisOutage>();

        var senders = MomUsers.Only(builder.Configuration.GetValue<bool>(MomUsers.CheckSenders), MomUsers.DbWorker);
        // It sends no requests.
        builder.Services.AddSingleton(new ReplyOptions { Enabled = false });
        builder.Services.AddMessaging(MomTopology.Default, MomJsonContext.Default)
            .AddConsumer(MomQueues.SocketNotifications, options => (options.Concurrency, options.Prefetch, options.AllowedSenders) = (8, 64, senders))
            .Handle<JobChanged, JobChangedHandler>()
            .Handle<NotificationAdded, NotificationAddedHandler>()
            .Handle<NotificationsRead, NotificationsReadHandler>();
    }
}
