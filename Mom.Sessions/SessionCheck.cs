using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Sessions.Redis;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Sessions;

/// <summary>
/// Looks up the session of every token that is valid by itself: a session has one token at a time, none after its end, and the role that its
/// user has now.
/// </summary>
internal sealed partial class SessionCheck(ISessionLookup sessions, TokenUse use, ILogger<SessionCheck> logger, ISessionStore? store = null) : JwtBearerEvents
{
    public override Task MessageReceived(MessageReceivedContext context)
    {
        context.Token = use.ReadFromQuery(context.Request);
        return Task.CompletedTask;
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        if (context.Principal?.Identity is not ClaimsIdentity token
            || !Guid.TryParse(token.FindFirst(MomClaims.Subject)?.Value, CultureInfo.InvariantCulture, out var user)
            || token.FindFirst(MomClaims.Session)?.Value is not { Length: > 0 } sid
            || token.FindFirst(MomClaims.TokenId)?.Value is not { Length: > 0 } tokenId)
        {
            context.Fail("The token names no session.");
            return;
        }

        try
        {
            var verdict = await CheckAsync(context.HttpContext, user, sid, tokenId);
            if (verdict.IsGood)
            {
                HasRole(token, verdict.Role);
                return;
            }

            if (verdict.State is SessionState.Reused)
                LogReused(sid, user, context.HttpContext.Connection.RemoteIpAddress?.ToString());
            context.Fail(new SessionOverException(verdict.State));
        }
        catch (Exception exception) when (MomRedis.IsUnavailable(exception))
        {
            context.Fail(new SessionStoreUnavailableException(exception));
        }
    }

    private async Task<SessionVerdict> CheckAsync(HttpContext http, Guid user, string sid, string tokenId)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IRequestAllowance>() is not { } allowance)
            return await sessions.CheckAsync(user, sid, tokenId);

        // Only a service that issues tokens may write.
        var checks = store ?? throw new InvalidOperationException("An endpoint has an allowance, and this service only reads sessions.");
        var (verdict, wait) = await checks.CheckAsync(user, sid, tokenId, allowance.AllowanceOf(http, user));
        http.SetAllowanceWait(wait);
        return verdict;
    }

    public override Task Challenge(JwtBearerChallengeContext context) => context.AuthenticateFailure switch
    {
        // The token may well be good: a 401 would make clients throw it away.
        SessionStoreUnavailableException => UnavailableAsync(context),
        SessionOverException over => OverAsync(context, over),
        _ => Task.CompletedTask,
    };

    // What the token says was true when it was issued.
    private static void HasRole(ClaimsIdentity token, string role)
    {
        if (token.HasClaim(MomClaims.Role, role))
            return;

        foreach (var former in token.FindAll(MomClaims.Role).ToList())
            token.RemoveClaim(former);
        token.AddClaim(new Claim(MomClaims.Role, role));
    }

    private static Task UnavailableAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = $"{MomRedis.RetryAfterSeconds}";
        return Task.CompletedTask;
    }

    // As RFC 6750, section 3.1, has it, and with a body that says why where the service writes problems.
    private static async Task OverAsync(JwtBearerChallengeContext context, SessionOverException over)
    {
        context.HandleResponse();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = $"Bearer error=\"invalid_token\", error_description=\"{over.Message}\"";
        if (context.HttpContext.RequestServices.GetService<IProblemDetailsService>() is { } problems)
        {
            await problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = context.HttpContext,
                ProblemDetails = new ProblemDetails { Status = StatusCodes.Status401Unauthorized, Detail = over.Message },
            });
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A token of session {Session} of user {User} that had been renewed was used again, from {Address}: it is refused, and the API ends the session")]
    private partial void LogReused(string session, Guid user, string? address);
}
