using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Messaging;

namespace Mom.Workers;

internal static class WorkerMessaging
{
    /// <summary>The engine makes its own two connections and checks their health; the client's is not opened.</summary>
    public static MessagingBuilder AddWorkerMessaging(this WebApplicationBuilder builder)
    {
        builder.AddRabbitMQClient("rabbitmq", settings => settings.DisableHealthChecks = true);
        return builder.Services.AddMessaging(MomTopology.Default, MomJsonContext.Default);
    }
}
