using Mom.Messaging;
using Mom.Workers.Database;

namespace Mom.Workers.Deploying;

/// <summary>
/// The role <c>deploy</c>: the only service that may declare exchanges and queues, and that owns the database's schema. It stays, as a broker that
/// has lost its disk needs all of it again.
/// </summary>
internal static class DeployerExtensions
{
    // How long services wait at most for a queue that somebody has deleted.
    private static readonly TimeSpan DeclareAgainAfter = TimeSpan.FromSeconds(5);

    public static void AddDeployer(this WebApplicationBuilder builder, MessagingBuilder messaging)
    {
        builder.AddMomDatabase();
        messaging.KeepTopology(DeclareAgainAfter);
        // Its start ends when the schema is there, and only then the process answers that it is healthy. The engine's, before it, connects meanwhile.
        builder.Services.AddHostedService<DatabaseMigrator>();
    }
}
