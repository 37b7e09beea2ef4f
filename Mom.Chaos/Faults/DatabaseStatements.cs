using Mom.Testing;
using Npgsql;

namespace Mom.Chaos.Faults;

/// <summary>Statements to the database of a system, as its superuser.</summary>
internal static class DatabaseStatements
{
    /// <summary>Without a pool: a fault may end every connection.</summary>
    public static NpgsqlDataSource DatabaseOf(RunningSystem system) => NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");

    /// <summary>One by one: together they would be a transaction, in which a system cannot be altered.</summary>
    public static async Task ExecuteAsync(RunningSystem system, params IEnumerable<string> statements)
    {
        await using var database = DatabaseOf(system);
        foreach (var statement in statements)
        {
            await using var command = database.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
