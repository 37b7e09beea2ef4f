using Mom.LocalHost.Output;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary>What <c>./mom up</c> ends with: what runs where, and with which account to go in.</summary>
internal static class Welcome
{
    private static readonly (string Resource, string What, string Path)[] Rows =
    [
        (ResourceNames.Panel, "Panel", ""),
        (ResourceNames.Api, "API", ""),
        (ResourceNames.Api, "API reference", "/scalar"),
        (ResourceNames.Socket, "Socket", ""),
        (ResourceNames.MathService, "Math service", ""),
        (ResourceNames.Dashboard, "Aspire dashboard", ""),
        (ResourceNames.RabbitMq, "RabbitMQ management", ""),
        (ResourceNames.Postgres, "Postgres", ""),
        (ResourceNames.Redis, "Redis", ""),
        (ResourceNames.PostgresScreen, "Tables (Adminer)", ""),
        (ResourceNames.RedisScreen, "Keys (Redis Commander)", ""),
        (ResourceNames.DbWorker, "Database worker", ""),
        (ResourceNames.MathWorker, "Math worker", ""),
    ];

    public static void Write(TextWriter writer, IReadOnlyList<ResourceStatus> resources, StateDirectory state, Secrets secrets)
    {
        var table = new Table("WHAT", "WHERE", "HEALTH");
        foreach (var (name, what, path) in Rows)
        {
            if (resources.FirstOrDefault(resource => resource.Name == name) is { } status)
                table.Add(what, status.Url + path, status.State.ToString().ToLowerInvariant());
        }

        writer.WriteLine();
        table.Write(writer);
        writer.WriteLine();
        if (resources.Any(resource => resource.Name == ResourceNames.DbWorker))
            writer.WriteLine($"  Administrator: {secrets.AdminEmail}  password: {secrets.AdminPassword}");
        writer.WriteLine($"  RabbitMQ, Postgres and Redis: user mom, passwords in {state.SecretsFile}");
        writer.WriteLine();
    }
}
