using Microsoft.AspNetCore.SignalR;
using Mom.Sessions.Tokens;

namespace Mom.Socket.Hubs;

/// <summary>A connection belongs to the user that its token names.</summary>
internal sealed class UserIdFromSubject : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirst(MomClaims.Subject)?.Value;
}
