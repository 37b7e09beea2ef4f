using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Sessions.Store;

namespace Mom.Socket.Hubs;

/// <summary>Where users listen. They only receive; what they want done they send to the API.</summary>
[Authorize]
internal sealed class UserHub(OpenConnections connections, ISessionLookup sessions, Delivery delivery, IOptions<SocketOptions> options) : Hub
{
    /// <exception cref="HubException">The user has too many connections. Most are refused before (see <see cref="ConnectionLimit"/>).</exception>
    public override async Task OnConnectedAsync()
    {
        var connection = OpenConnection.Of(Context);
        if (!connections.TryAdd(connection, options.Value.ConnectionsPerUser))
        {
            throw new HubException(ConnectionLimit.Message(options.Value.ConnectionsPerUser));
        }

        // Once more, now that its end would be heard here: it may have come since the token was checked.
        if (!await sessions.IsAliveAsync(connection.UserId, connection.SessionId))
        {
            Context.Abort();
            return;
        }

        await Clients.Caller.SendAsync(SocketContract.DeliveryChanged, delivery.Trouble);
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
