using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Mom.Socket.Hubs;

/// <summary>The users' connections to this replica.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<string, HubCallerContext> _open = new(StringComparer.Ordinal);

    public void Add(HubCallerContext connection) => _open[connection.ConnectionId] = connection;

    public void Remove(HubCallerContext connection) => _open.TryRemove(connection.ConnectionId, out _);

    /// <summary>Closes all of them. Clients come back by themselves.</summary>
    /// <returns>How many there were.</returns>
    public int Close()
    {
        var open = _open.Values.ToList();
        open.ForEach(connection => connection.Abort());
        return open.Count;
    }
}
