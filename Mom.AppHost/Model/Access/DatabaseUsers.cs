using Npgsql;

namespace Mom.AppHost.Model.Access;

/// <summary>The two roles of the database: the owner, who makes tables, and the db worker's, whom the owner lets read and write their rows.</summary>
internal static class DatabaseUsers
{
    public const string Owner = "mom_owner";

    public const string Worker = "db_worker";

    /// <summary>Makes the roles, or gives those that exist their present passwords. The same each time; also for a database that the superuser has made.</summary>
    /// <param name="superuser">A connection string of the superuser, to the database.</param>
    /// <param name="passwords">By role.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task EnsureAsync(string superuser, IReadOnlyDictionary<string, string> passwords, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        using var quoting = new NpgsqlCommandBuilder();
        var database = quoting.QuoteIdentifier(connection.Database);
        await using var command = new NpgsqlCommand(
            $"""
             begin;
             select pg_advisory_xact_lock(7071);
             {string.Join('\n', passwords.Select(role => RoleOf(role.Key, role.Value)))}
             revoke all on database {database} from public;
             grant connect on database {database} to {Worker};
             alter database {database} owner to {Owner};
             alter schema public owner to {Owner};
             revoke all on schema public from public;
             {TakeOver}
             commit;
             """,
            connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Names have letters, digits and underscores only, passwords letters and digits: nothing to quote.
    private static string RoleOf(string role, string password) =>
        $"""
         do $$ begin create role {role}; exception when duplicate_object then null; end $$;
         alter role {role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '{password.Replace("'", "''", StringComparison.Ordinal)}';
         """;

    // Tables of former versions, in which all services used the superuser, belong to it. The sequence of a column changes owner with its table.
    private const string TakeOver =
        $"""
         do $$
         declare relation regclass;
         begin
             for relation in
                 select oid from pg_class
                 where relnamespace = 'public'::regnamespace and relowner <> '{Owner}'::regrole
                   and (relkind in ('r', 'p', 'v', 'm') or (relkind = 'S' and not exists (select from pg_depend where objid = pg_class.oid and deptype in ('a', 'i'))))
             loop
                 execute format('alter table %s owner to {Owner}', relation);
             end loop;
         end $$;
         """;
}
