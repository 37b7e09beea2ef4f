using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Api.Users;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Api.Sessions;

internal static class SessionEndpoints
{
    private static readonly string[] GetOrPost = ["GET", "POST"];

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("").WithTags("Sessions");
        sessions.MapPost("/login", LoginAsync).WithSummary("Log in").Produces<Session>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        sessions.MapMethods("/logout", GetOrPost, LogoutAsync).RequireAuthorization().WithSummary("Log out: every token of the session ends").Produces(StatusCodes.Status204NoContent);
        sessions.MapMethods("/renew-token", GetOrPost, RenewAsync).RequireAuthorization().WithSummary("Get a fresh token").Produces<Session>();
        sessions.MapGet("/auth-test", WhoAmI).RequireAuthorization().WithSummary("Who am I?").Produces<Identity>();
    }

    private static async Task<IResult> LoginAsync(LoginBody body, IRpcClient rpc, Passwords passwords, ISessionStore store, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(!string.IsNullOrWhiteSpace(body.Email), "email", "An e-mail address is needed.");
        errors.Require(!string.IsNullOrEmpty(body.Password), "password", "A password is needed.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var credentials = await FindAsync(body.Email!, rpc, cancellationToken);
        if (!await passwords.VerifyAsync(credentials?.PasswordHash, body.Password!, cancellationToken) || credentials is null)
        {
            return Results.Problem("The e-mail address or the password is wrong.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var data = new SessionData(credentials.User, credentials.Role);
        return Results.Ok(tokens.Issue(await store.StartAsync(data), data));
    }

    private static async Task<Credentials?> FindAsync(string email, IRpcClient rpc, CancellationToken cancellationToken)
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

    private static async Task<IResult> LogoutAsync(ClaimsPrincipal user, ISessionStore store)
    {
        await store.EndAsync(user.SessionId());
        return Results.NoContent();
    }

    private static async Task<IResult> RenewAsync(ClaimsPrincipal user, ISessionStore store, AccessTokens tokens) =>
        await store.RenewAsync(user.SessionId()) is { } data
            ? Results.Ok(tokens.Issue(user.SessionId(), data))
            : Results.Problem("The session is over.", statusCode: StatusCodes.Status401Unauthorized);

    private static Identity WhoAmI(ClaimsPrincipal user) => new(user.UserId(), user.Claim(MomClaims.Email), user.Claim(MomClaims.Role));
}
