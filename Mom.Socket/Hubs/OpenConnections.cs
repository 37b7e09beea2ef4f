using Microsoft.AspNetCore.SignalR;
using Mom.Sessions;

namespace Mom.Socket.Hubs;

/// <summary>The users' connections to this replica: by session, for its end ends all of them, and by user, for there is a limit.</summary>
internal sealed class OpenConnections
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenConnection> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<OpenConnection>> _bySession = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> _byUser = [];

    /// <returns>False when the user has as many as <paramref name="limit"/> already; then it is not added.</returns>
    public bool TryAdd(OpenConnection connection, int limit)
    {
        lock (_lock)
        {
            if (CountOfLocked(connection.UserId) >= limit)
            {
                return false;
            }

            _open[connection.Id] = connection;
            _byUser[connection.UserId] = CountOfLocked(connection.UserId) + 1;
            if (!_bySession.TryGetValue(connection.SessionId, out var ofSession))
            {
                _bySession[connection.SessionId] = ofSession = [];
            }

            ofSession.Add(connection);
            return true;
        }
    }

    public void Remove(string connectionId)
    {
        lock (_lock)
        {
            if (!_open.Remove(connectionId, out var connection))
            {
                return;
            }

            if (--_byUser[connection.UserId] == 0)
            {
                _byUser.Remove(connection.UserId);
            }

            var ofSession = _bySession[connection.SessionId];
            ofSession.Remove(connection);
            if (ofSession.Count == 0)
            {
                _bySession.Remove(connection.SessionId);
            }
        }
    }

    /// <summary>How many connections a user has.</summary>
    public int CountOf(Guid userId)
    {
        lock (_lock)
        {
            return CountOfLocked(userId);
        }
    }

    public IReadOnlyList<OpenConnection> OfSession(string sessionId)
    {
        lock (_lock)
        {
            return _bySession.TryGetValue(sessionId, out var ofSession) ? [.. ofSession] : [];
        }
    }

    /// <summary>Every connection to this replica.</summary>
    public IReadOnlyList<OpenConnection> All()
    {
        lock (_lock)
        {
            return [.. _open.Values];
        }
    }

    /// <summary>One connection of each session.</summary>
    public IReadOnlyList<OpenConnection> OnePerSession()
    {
        lock (_lock)
        {
            return [.. _bySession.Values.Select(ofSession => ofSession.First())];
        }
    }

    /// <summary>Closes all of them. Clients come back by themselves.</summary>
    /// <returns>How many there were.</returns>
    public int Close()
    {
        List<OpenConnection> open;
        lock (_lock)
        {
            open = [.. _open.Values];
        }

        open.ForEach(connection => connection.Context.Abort());
        return open.Count;
    }

    private int CountOfLocked(Guid userId) => _byUser.GetValueOrDefault(userId);
}

/// <summary>A connection of a user.</summary>
internal sealed record OpenConnection(HubCallerContext Context, Guid UserId, string SessionId)
{
    public string Id => Context.ConnectionId;

    public static OpenConnection Of(HubCallerContext context)
    {
        var user = context.User ?? throw new InvalidOperationException("The hub is for users who are logged in.");
        return new OpenConnection(context, user.UserId(), user.SessionId());
    }
}
