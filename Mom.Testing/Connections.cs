using Aspire.Hosting.Testing;

namespace Mom.Testing;

/// <summary>How the servers are reached. With passwords: not for logs.</summary>
/// <param name="RabbitMq">AMQP URI; empty when there is no broker, and so on.</param>
/// <param name="Momdb">For Npgsql.</param>
/// <param name="Redis">For StackExchange.Redis.</param>
/// <remarks>These are the administrator's. <see cref="RabbitMqAs"/> and its siblings are those that services are given.</remarks>
public sealed record Connections(string RabbitMq, string Momdb, string Redis)
{
    /// <summary>The AMQP URI of a service's user, such as <c>api</c>.</summary>
    public string RabbitMqAs(string user) => new UriBuilder(RabbitMq) { UserName = user, Password = RunSettings.PasswordOf($"rabbitmq-{user}") }.Uri.ToString().TrimEnd('/');

    /// <summary>For Npgsql, as a role: <c>mom_owner</c> or <c>db_worker</c>.</summary>
    public string MomdbAs(string role) => $"{Momdb};Username={role};Password={RunSettings.PasswordOf($"postgres-{role.Replace('_', '-')}")}";

    /// <summary>For StackExchange.Redis, as a service's user.</summary>
    public string RedisAs(string user) => $"{Redis},user={user},password={RunSettings.PasswordOf($"redis-{user}")}";

    internal static async Task<Connections> OfAsync(DistributedApplication application, IReadOnlyList<IResource> resources, CancellationToken cancellationToken)
    {
        return new(await OfAsync(ResourceNames.RabbitMq), await OfAsync(ResourceNames.Momdb), await OfAsync(ResourceNames.Redis));

        async Task<string> OfAsync(string name) => resources.Any(resource => resource.Name == name)
            ? await application.GetConnectionStringAsync(name, cancellationToken) ?? string.Empty
            : string.Empty;
    }
}
