using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Messaging;
using Mom.Messaging.Rpc;

namespace Mom.Workers;

internal static class WorkerMessaging
{
    /// <summary>The engine makes its own two connections and checks their health; the client's is not opened.</summary>
    public static MessagingBuilder AddWorkerMessaging(this WebApplicationBuilder builder)
    {
        builder.AddRabbitMQClient("rabbitmq", settings => settings.DisableHealthChecks = true);
        // A worker answers requests, and sends none.
        builder.Services.AddSingleton(new ReplyOptions { Enabled = false });
        return builder.Services.AddMessaging(MomTopology.Default, MomJsonContext.Default);
    }

    /// <summary>Whether services have broker users of their own, so that it can be told who sent a message.</summary>
    public static bool ChecksSenders(this WebApplicationBuilder builder) => builder.Configuration.GetValue<bool>(MomUsers.CheckSenders);
}
