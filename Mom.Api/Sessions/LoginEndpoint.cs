using Mom.Api.Requests;
using Mom.Api.Throttling;
using Mom.Api.Users;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Api.Sessions;

/// <summary>
/// Logs in. An unknown e-mail address and a wrong password have the same answer after the same work, and are counted alike: nobody learns from it
/// who is registered.
/// </summary>
internal sealed class LoginEndpoint(
    Attempts attempts, CredentialLookup credentials, Passwords passwords, PasswordRehashes rehashes, ISessionStore store, AccessTokens tokens)
{
    public static Task<IResult> LoginAsync(LoginBody body, HttpContext http, LoginEndpoint login, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(!string.IsNullOrWhiteSpace(body.Email), "email", "An e-mail address is needed.");
        errors.Require(!string.IsNullOrEmpty(body.Password), "password", "A password is needed.");
        return errors.Any
            ? Task.FromResult(errors.ToProblem())
            : login.LoginAsync(body.Email!, body.Password!, new SessionOrigin(ClientAddress.Of(http), http.Request.Headers.UserAgent.ToString()), cancellationToken);
    }

    private async Task<IResult> LoginAsync(string email, string password, SessionOrigin origin, CancellationToken cancellationToken)
    {
        // Counted before the password is looked at: while an account waits, not even the right one gets in.
        var attempt = await attempts.BeginLoginAsync(email, origin.Address);
        var (found, verdict) = await attempt.OrTakeBackAsync(async () =>
        {
            var found = await credentials.FindAsync(email, cancellationToken);
            return (found, await passwords.VerifyAsync(found?.PasswordHash, password, origin.Address, cancellationToken));
        });
        if (found is null || verdict is PasswordVerdict.Wrong)
        {
            return Results.Problem("The e-mail address or the password is wrong.", statusCode: StatusCodes.Status401Unauthorized);
        }

        await attempt.SucceededAsync();
        var session = await store.StartAsync(new SessionData(found.User, found.Role), origin);
        if (verdict is PasswordVerdict.RightButOutdated)
        {
            rehashes.Want(found.User.Id, found.PasswordHash, password);
        }

        return Results.Ok(tokens.Issue(session));
    }
}

/// <summary>Finds what a password is verified against.</summary>
internal sealed class CredentialLookup(IRpcClient rpc)
{
    /// <returns><see langword="null"/> when there is no such user.</returns>
    public async Task<Credentials?> FindAsync(string email, CancellationToken cancellationToken)
    {
        try
        {
            return await rpc.RequestAsync(new FindCredentials(email), RpcOptions.Query, cancellationToken);
        }
        catch (RequestRefusedException refused) when (string.Equals(refused.Code, UserErrors.NotFound, StringComparison.Ordinal))
        {
            return null;
        }
    }
}
