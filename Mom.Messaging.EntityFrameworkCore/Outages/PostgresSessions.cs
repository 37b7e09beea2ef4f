using System.Data.Common;
using Npgsql;

namespace Mom.Messaging.EntityFrameworkCore.Outages;

/// <summary>
/// Bounds what a session can hold up. A host that vanishes says no farewell: without bounds its transaction, its row locks
/// and its inbox rows stay for the two hours of TCP's own keepalive, and every copy of its messages waits for them. Given with the connection, so
/// that they hold in whatever way the server is run.
/// </summary>
public static class PostgresSessions
{
    private static readonly (string Setting, string Value)[] Limits =
    [
        // Ends a session that has begun a transaction and says nothing more. The longest that is well is the relay's, which waits for confirms.
        ("idle_in_transaction_session_timeout", "60s"),
        // Ends the wait for a lock (55P03), so that a message that waits leaves its place to another.
        ("lock_timeout", "5s"),
        // Below the 30 s that the client waits: the server ends what nobody waits for any more (57014).
        ("statement_timeout", "20s"),
        // The server asks a silent client after 15 s, and gives it up after 15 s more; also when it has something to send to it.
        ("tcp_keepalives_idle", "15"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
        ("tcp_user_timeout", "30s"),
    ];

    /// <summary>Adds the limits to a connection string. What its own <c>Options</c> say goes before them.</summary>
    public static string? WithLimits(string? connectionString)
    {
        if (string.IsNullOrEmpty(connectionString))
        {
            return connectionString;
        }

        var builder = new NpgsqlConnectionStringBuilder(connectionString) { TcpKeepAlive = true };
        // Of two values of one setting the later one holds.
        builder.Options = string.Join(' ', [.. Limits.Select(limit => $"-c {limit.Setting}={limit.Value}"), builder.Options]).TrimEnd();
        // Whatever is set here is set for one transaction ("set local"), so that there is nothing to reset when a connection goes back to its pool: that would
        // be a statement for each transaction, and would forget what was prepared.
        builder.NoResetOnClose = true;
        // A statement that comes again on its connection is parsed once. A pooler that hands out another server for each transaction needs "Max Auto Prepare=0".
        // The builder itself says of each setting that it is there.
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (!given.ContainsKey("Max Auto Prepare") && !given.ContainsKey(nameof(builder.MaxAutoPrepare)))
        {
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (100, 2);
        }

        if (builder.TcpKeepAliveTime == 0)
        {
            (builder.TcpKeepAliveTime, builder.TcpKeepAliveInterval) = (15, 5);
        }

        return builder.ConnectionString;
    }
}
