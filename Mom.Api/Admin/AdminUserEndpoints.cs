using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Api.Users;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Api.Admin;

internal static partial class AdminUserEndpoints
{
    private const int MaxText = 200;

    public static void MapUsers(this RouteGroupBuilder admin)
    {
        var users = admin.MapGroup("").WithTags("Admin: users");
        users.MapGet("/users", ListAsync).WithSummary("All users, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<AdminUser>>();
        users.MapPut("/users/{id:guid}/role", ChangeRoleAsync)
            .WithSummary("Give a user another role, from their next request on. The last administrator stays one").Produces<RoleBody>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        users.MapPost("/users/{id:guid}/end-sessions", EndSessionsAsync)
            .WithSummary("End all sessions of a user, at once and everywhere. With the password they can begin another").Produces<EndedSessions>();
    }

    private static async Task<EndedSessions> EndSessionsAsync(Guid id, ClaimsPrincipal user, ISessionStore store, ILogger<AdminUser> logger)
    {
        var ended = await store.EndOthersAsync(id, kept: null);
        LogEnded(logger, user.Claim(MomClaims.Email), ended, id);
        return new EndedSessions(ended);
    }

    [LoggerMessage(1, LogLevel.Warning, "The administrator {By} ended {Sessions} sessions of user {UserId}")]
    private static partial void LogEnded(ILogger logger, string by, int sessions, Guid userId);

    private static async Task<IResult> ListAsync(HttpContext http, IRpcClient rpc, string? text, [AsParameters] PageQuery page, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(text is null or { Length: <= MaxText }, "text", $"The text is at most {MaxText} characters.");
        page.Check(errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await rpc.RequestAsync(new ListAllUsers(text, page.Page, page.PageSize), RpcOptions.Query, cancellationToken);
        return page.Ok(http, found.Users, found.Total);
    }

    private static async Task<IResult> ChangeRoleAsync(
        Guid id, RoleBody body, IRpcClient rpc, UserSessions sessions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(body.Role is UserRole.User or UserRole.Admin, "role", $"A role is {UserRole.User} or {UserRole.Admin}.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        try
        {
            var change = await rpc.RequestAsync(new ChangeRole(id, body.Role!), RpcOptions.Command, cancellationToken);
            await sessions.ApplyAsync(change);
            return Results.Ok(new RoleBody(change.Role));
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted($"/admin/users?text={id}", open);
        }
    }
}
