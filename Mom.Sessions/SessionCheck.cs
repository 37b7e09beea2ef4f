using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Mom.Sessions.Redis;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Sessions;

/// <summary>Looks up the session of every valid token: after a logout none of its tokens is accepted any more.</summary>
internal sealed class SessionCheck(ISessionStore sessions, TokenInQuery query) : JwtBearerEvents
{
    public override Task MessageReceived(MessageReceivedContext context)
    {
        context.Token = query.Read(context.Request);
        return Task.CompletedTask;
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        try
        {
            if (context.Principal?.FindFirst(MomClaims.Session)?.Value is not { } sid || !await sessions.IsAliveAsync(sid))
                context.Fail("The session is over.");
        }
        catch (Exception exception) when (MomRedis.IsAway(exception))
        {
            context.Fail(new SessionStoreAwayException(exception));
        }
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        // The token may well be good: a 401 would make clients throw it away.
        if (context.AuthenticateFailure is SessionStoreAwayException)
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = $"{MomRedis.RetryAfterSeconds}";
        }

        return Task.CompletedTask;
    }
}
