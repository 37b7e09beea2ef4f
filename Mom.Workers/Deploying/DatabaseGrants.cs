using Microsoft.EntityFrameworkCore;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Deploying;

/// <summary>
/// Lets the db worker's role, <c>Database:WorkerRole</c>, read and write the rows of all tables, and nothing else: it makes, changes and empties no
/// table, and writes no migration. Without the setting the worker connects as the owner and needs no grants.
/// </summary>
internal static class DatabaseGrants
{
    private const string Role = "Database:WorkerRole";

    public static async Task ApplyAsync(MomDbContext database, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration[Role] is not { Length: > 0 } name)
        {
            return;
        }

        using var quoting = new NpgsqlCommandBuilder();
        var role = quoting.QuoteIdentifier(name);
        // All of it each time, as a migration may have made a table. Nobody but us runs this text: it holds no value from outside but the quoted name.
#pragma warning disable EF1002
        await database.Database.ExecuteSqlRawAsync(
            $"""
             grant usage on schema public to {role};
             grant select, insert, update, delete on all tables in schema public to {role};
             grant usage, select on all sequences in schema public to {role};
             revoke insert, update, delete on "__EFMigrationsHistory" from {role};
             """,
            cancellationToken);
#pragma warning restore EF1002
    }
}
