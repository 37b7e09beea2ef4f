using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Mom.Socket.Hubs;

/// <summary>Where users listen. They only receive; what they want done they send to the API.</summary>
[Authorize]
internal sealed class UserHub(OpenConnections connections) : Hub
{
    public override Task OnConnectedAsync()
    {
        connections.Add(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context);
        return base.OnDisconnectedAsync(exception);
    }
}
