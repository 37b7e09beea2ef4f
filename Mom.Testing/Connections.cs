using Aspire.Hosting.Testing;

namespace Mom.Testing;

/// <summary>How the servers are reached. With passwords: not for logs.</summary>
/// <param name="RabbitMq">AMQP URI; empty when there is no broker, and so on.</param>
/// <param name="Momdb">For Npgsql.</param>
/// <param name="Redis">For StackExchange.Redis.</param>
public sealed record Connections(string RabbitMq, string Momdb, string Redis)
{
    internal static async Task<Connections> OfAsync(DistributedApplication application, IReadOnlyList<IResource> resources, CancellationToken cancellationToken)
    {
        return new(await OfAsync(ResourceNames.RabbitMq), await OfAsync(ResourceNames.Momdb), await OfAsync(ResourceNames.Redis));

        async Task<string> OfAsync(string name) => resources.Any(resource => resource.Name == name)
            ? await application.GetConnectionStringAsync(name, cancellationToken) ?? string.Empty
            : string.Empty;
    }
}
