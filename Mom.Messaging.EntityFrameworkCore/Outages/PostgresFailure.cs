using Npgsql;

namespace Mom.Messaging.EntityFrameworkCore.Outages;

/// <summary>
/// What an error of Postgres says of the message that it happened with. The codes are those of
/// https://www.postgresql.org/docs/current/errcodes-appendix.html.
/// </summary>
/// <param name="MayBeOutage">Whether the server is to be asked if it takes writes at all.</param>
/// <param name="UnchargedRetries">How often the message is tried again at the cost of no attempt although the server takes writes.</param>
internal readonly record struct PostgresFailure(bool MayBeOutage, int UnchargedRetries)
{
    private const int Always = int.MaxValue;

    private const string IdleInTransaction = "25P03";
    private const string TransactionTimeout = "25P04";

    // May be the message's own, such as a statement that takes too long each time: it must not be tried for ever.
    private const int Some = 20;

    /// <summary>Looks for the error of the database in what a handler threw. Both are no where there is none.</summary>
    public static PostgresFailure Of(Exception? exception) => exception switch
    {
        null => default,
        PostgresException postgres => Of(postgres),
        // A connection that is lost each time that this message comes may be one that it breaks.
        NpgsqlException npgsql => new(npgsql.IsTransient, 0),
        _ => Of(exception.InnerException),
    };

    private static PostgresFailure Of(PostgresException postgres) => postgres.SqlState switch
    {
        // Others are at fault, and the server is not: a lock that is held too long, a deadlock, a conflict; or this process, which was silent
        // within a transaction (frozen, say).
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectInUse or IdleInTransaction or TransactionTimeout or ['4', '0', ..] => new(false, Always),
        // A statement that was prepared before its table was changed ("cached plan must not change result type"): it is parsed anew the next time.
        PostgresErrorCodes.FeatureNotSupported when postgres.Routine is "RevalidateCachedQuery" => new(false, Some),
        // statement_timeout: a cancellation of our own comes as another exception.
        PostgresErrorCodes.QueryCanceled => new(false, Some),

        // The server is there only in part, and no message can be the cause: a standby or a server set to read only, a disk that is full, a lost
        // privilege, no place for a connection, a shutdown, a login that is refused, a database that is gone.
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DiskFull or PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.IdleSessionTimeout or ['2', '8', ..] or ['3', 'D', ..] => new(true, Always),
        // A message may be the cause: it asks for more memory or disk than there is for one statement, or reads what is damaged.
        ['5', '3', ..] or ['5', '8', ..] => new(true, Some),
        ['5', '7', ..] or ['0', '8', ..] or ['X', 'X', ..] or ['F', '0', ..] => new(true, 0),
        _ => new(postgres.IsTransient, 0),
    };
}
