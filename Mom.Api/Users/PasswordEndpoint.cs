using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Api.Sessions;
using Mom.Api.Throttling;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;
using StackExchange.Redis;

namespace Mom.Api.Users;

/// <summary>Changes one's own password. It ends all other sessions, also those of somebody who has found the former one out.</summary>
internal static class PasswordEndpoint
{
    public static void MapPassword(this IEndpointRouteBuilder app) =>
        app.MapPost("/user/password", ChangeAsync).WithTags("Users").RequireAuthorization()
            .WithSummary("Change my password: all my other sessions end")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ChangeAsync(
        ChangePasswordBody body, HttpContext http, ClaimsPrincipal user, Attempts attempts, CredentialLookup lookup, Passwords passwords, IRpcClient rpc, UserSessions sessions, CancellationToken cancellationToken)
    {
        var account = new RegisterBody(user.Claim(MomClaims.GivenName), user.Claim(MomClaims.FamilyName), user.Claim(MomClaims.Email));
        var errors = new FieldErrors();
        errors.Require(!string.IsNullOrEmpty(body.CurrentPassword), "currentPassword", "The present password is needed.");
        if (PasswordRules.Find(body.NewPassword, account) is { } flaw)
        {
            errors.Add("newPassword", flaw);
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var address = ClientAddress.Of(http);
        var attempt = await attempts.BeginPasswordChangeAsync(user.UserId());
        var credentials = await attempt.OrTakeBackAsync(async () =>
            await lookup.FindAsync(account.Email!, cancellationToken) is { } found
                && await passwords.VerifyAsync(found.PasswordHash, body.CurrentPassword!, address, cancellationToken) is not PasswordVerdict.Wrong
                ? found
                : null);
        if (credentials is null)
        {
            return Results.Problem("The present password is wrong.", statusCode: StatusCodes.Status403Forbidden);
        }

        await attempt.SucceededAsync();
        var hash = await passwords.HashAsync(body.NewPassword!, address, cancellationToken);
        try
        {
            var change = await rpc.RequestAsync(new ChangePassword(user.UserId(), credentials.PasswordHash, hash, user.SessionId()), RpcOptions.Command, cancellationToken);
            await sessions.ApplyAsync(change);
            return Results.NoContent();
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted("/auth-test", open);
        }
    }
}

/// <summary>Applies a change of a user to their sessions at once. The db worker does the same by a message, in case this process dies before.</summary>
internal sealed class UserSessions(IConnectionMultiplexer redis, ISessionStore store)
{
    /// <returns>How many sessions were ended.</returns>
    public async Task<int> ApplyAsync(AccessChanged change)
    {
        await UserAccess.TellAsync(redis, change);
        return change.EndsSessions ? await store.EndOthersAsync(change.UserId, change.KeptSession) : 0;
    }
}
