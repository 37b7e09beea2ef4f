using Npgsql;

namespace Mom.Workers.Database;

/// <summary>How a process that starts waits for the database.</summary>
internal static class DatabaseWait
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether it may be over by itself: the server or the database is not there yet, or takes no writes, or the host has not made the role or the
    /// deployer has not made the schema or let the role use it.
    /// </summary>
    public static bool IsWorthwhile(NpgsqlException exception) => exception.IsTransient || exception.SqlState
        is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.QueryCanceled
        or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
        or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege;
}
