using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Contracts.Users;
using Mom.Sessions;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Api.Sessions;

internal static class SessionEndpoints
{
    public static void AddSessionEndpoints(this IServiceCollection services)
    {
        services.AddSingleton<CredentialLookup>();
        services.AddSingleton<LoginEndpoint>();
    }

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("").WithTags("Sessions");
        sessions.MapPost("/login", LoginEndpoint.LoginAsync).WithSummary("Log in").NotStored().Produces<Session>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        sessions.MapPost("/logout", LogoutAsync).AsLogout();
        sessions.MapGet("/logout", LogoutAsync).AsLogout().AsDeprecated("POST /logout");
        sessions.MapPost("/renew-token", RenewAsync).AsRenewal();
        sessions.MapGet("/renew-token", RenewAsync).AsRenewal().AsDeprecated("POST /renew-token");
        sessions.MapGet("/auth-test", WhoAmI).RequireAuthorization().WithSummary("Who am I?").Produces<Identity>();

        sessions.MapGet("/session", ListAsync).RequireAuthorization().WithSummary("My sessions, the youngest first").NotStored().Produces<IReadOnlyList<SessionSummary>>();
        sessions.MapDelete("/session/{id}", EndAsync).RequireAuthorization().WithSummary("End one of my sessions: its tokens and its connections")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPost("/session/end-others", EndOthersAsync).RequireAuthorization().WithSummary("End all my sessions but this one").Produces<EndedSessions>();
    }

    private static RouteHandlerBuilder AsLogout(this RouteHandlerBuilder route) =>
        route.RequireAuthorization().WithSummary("Log out: every token of the session ends, and every connection").Produces(StatusCodes.Status204NoContent);

    private static RouteHandlerBuilder AsRenewal(this RouteHandlerBuilder route) =>
        route.RequireAuthorization().WithSummary("Get the token that follows this one").NotStored().Produces<Session>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> LogoutAsync(ClaimsPrincipal user, ISessionStore store)
    {
        await store.EndAsync(user.UserId(), user.SessionId());
        return Results.NoContent();
    }

    private static async Task<IResult> RenewAsync(ClaimsPrincipal user, ISessionStore store, AccessTokens tokens)
    {
        var renewal = await store.RenewAsync(user.UserId(), user.SessionId(), user.TokenId());
        return renewal switch
        {
            { Session: { } session } => Results.Ok(tokens.Issue(session)),
            { State: SessionState.Former } => Results.Problem("This token has been renewed already. Use the one that followed it.", statusCode: StatusCodes.Status409Conflict),
            _ => Results.Problem("The session is over. Log in again.", statusCode: StatusCodes.Status401Unauthorized),
        };
    }

    private static Identity WhoAmI(ClaimsPrincipal user) => new(user.UserId(), user.Claim(MomClaims.Email), user.Claim(MomClaims.Role));

    private static async Task<IReadOnlyList<SessionSummary>> ListAsync(ClaimsPrincipal user, ISessionStore store) =>
    [
        .. (await store.ListAsync(user.UserId())).Select(session => new SessionSummary(
            session.Id, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.EndsAt, session.Address, session.UserAgent,
            string.Equals(session.Id, user.SessionId(), StringComparison.Ordinal))),
    ];

    // Somebody else's session is not there: it is looked up among the caller's own.
    private static async Task<IResult> EndAsync(string id, ClaimsPrincipal user, ISessionStore store) =>
        await store.EndAsync(user.UserId(), id)
            ? Results.NoContent()
            : Results.Problem("There is no such session.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<EndedSessions> EndOthersAsync(ClaimsPrincipal user, ISessionStore store) =>
        new(await store.EndOthersAsync(user.UserId(), user.SessionId()));
}
