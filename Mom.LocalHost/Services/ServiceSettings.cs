using Mom.LocalHost.State;

namespace Mom.LocalHost.Services;

/// <summary>
/// The settings of each service: its row of the table "who may touch what", and nothing beyond it. Names are those by which
/// Aspire hands the same things to the same services.
/// </summary>
internal sealed class ServiceSettings(ConnectionStrings connections, SystemUrls urls, Secrets secrets)
{
    private KeyValuePair<string, string> RabbitMq => new("ConnectionStrings__rabbitmq", connections.RabbitMq);
    private KeyValuePair<string, string> Momdb => new("ConnectionStrings__momdb", connections.Momdb);
    private KeyValuePair<string, string> Redis => new("ConnectionStrings__redis", connections.Redis);
    private KeyValuePair<string, string> Management => new("RabbitMq__Management__Url", urls.RabbitMqManagement);
    private KeyValuePair<string, string> JwtKey => new("Jwt__Key", secrets.JwtKey);

    /// <summary>How the servers are reached, for a host that runs services on them: the Aspire AppHost takes the same names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OfServers => [RabbitMq, Management, Momdb, Redis];

    public IReadOnlyList<KeyValuePair<string, string>> Of(string service) => service switch
    {
        ResourceNames.Api => [RabbitMq, Redis, JwtKey, Management],
        ResourceNames.Socket => [RabbitMq, Redis, JwtKey],
        ResourceNames.DbWorker =>
        [
            new("Workers__Roles", "db"), RabbitMq, Momdb, Redis,
            new("Admin__Email", secrets.AdminEmail), new("Admin__Password", secrets.AdminPassword),
        ],
        ResourceNames.MathWorker => [new("Workers__Roles", "math"), RabbitMq, Redis, Http(ResourceNames.MathService, urls.MathService)],
        ResourceNames.Panel => [Http(ResourceNames.Api, urls.Api), Http(ResourceNames.Socket, urls.Socket)],
        ResourceNames.MathService => [],
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "not a service"),
    };

    // The form that service discovery reads.
    private static KeyValuePair<string, string> Http(string service, string url) => new($"services__{service}__http__0", url);
}
