using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Mom.Socket.Hubs;

/// <summary>Where users listen. They only receive; what they want done they send to the API.</summary>
[Authorize]
internal sealed class UserHub : Hub;
