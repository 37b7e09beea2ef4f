using Mom.Testing;
using Npgsql;

namespace Mom.Tests.Security;

/// <summary>What the database keeps of a user and no API shows.</summary>
internal static class UserRows
{
    /// <param name="sql">Selects one column of text; <c>$1</c> is the user.</param>
    public static async Task<IReadOnlyList<string>> ListAsync(RunningSystem system, string sql, Guid user)
    {
        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(user);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
