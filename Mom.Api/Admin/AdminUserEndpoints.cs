using Mom.Api.Requests;
using Mom.Api.Users;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;

namespace Mom.Api.Admin;

internal static class AdminUserEndpoints
{
    private const int MaxText = 200;
    private const int MaxReason = 500;
    private const int AuditEntries = 100;

    public static void MapUsers(this RouteGroupBuilder admin)
    {
        var users = admin.MapGroup("").WithTags("Admin: users");
        users.MapGet("/users", ListAsync).WithSummary("All users, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<AdminUser>>();
        users.MapPut("/users/{id:guid}/role", ChangeRoleAsync)
            .WithSummary("Give a user another role, from their next request on. The last administrator stays one").Produces<RoleBody>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        users.MapPost("/users/{id:guid}/end-sessions", EndSessionsAsync)
            .WithSummary("End all sessions of a user, at once and everywhere. With the password they can begin another").Produces<EndedSessions>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        users.MapPut("/users/{id:guid}/lock", ChangeLockAsync)
            .WithSummary("Lock a user out, or let them in again. A lock ends all their sessions, at once and everywhere; it is not told to somebody who tries to log in").Produces<LockBody>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        users.MapGet("/users/{id:guid}/audit", ListAuditAsync)
            .WithSummary("Who changed what about a user, or acted on their jobs in their place; the latest first, at most 100").Produces<IReadOnlyList<UserAuditEntry>>();
    }

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

        return await ApplyAsync(id, new ChangeRole(id, body.Role!), rpc, sessions, (change, _) => Results.Ok(new RoleBody(change.Role)), cancellationToken);
    }

    private static async Task<IResult> ChangeLockAsync(Guid id, LockBody body, IRpcClient rpc, UserSessions sessions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(body.Locked is not null, "locked", "Whether the user is to be locked is needed: true or false.");
        errors.Require(body.Reason is null or { Length: <= MaxReason }, "reason", $"The reason is at most {MaxReason} characters.");
        return errors.Any
            ? errors.ToProblem()
            : await ApplyAsync(id, new ChangeLock(id, body.Locked!.Value, body.Reason), rpc, sessions, (_, _) => Results.Ok(new LockBody(body.Locked)), cancellationToken);
    }

    private static Task<IResult> EndSessionsAsync(Guid id, IRpcClient rpc, UserSessions sessions, CancellationToken cancellationToken) =>
        ApplyAsync(id, new EndSessions(id), rpc, sessions, (_, ended) => Results.Ok(new EndedSessions(ended)), cancellationToken);

    private static async Task<IReadOnlyList<UserAuditEntry>> ListAuditAsync(Guid id, IRpcClient rpc, CancellationToken cancellationToken) =>
        (await rpc.RequestAsync(new ListUserAudit(id, AuditEntries), RpcOptions.Query, cancellationToken)).Entries;

    // Without a reply the sessions hear of it by the message that goes out with the commit.
    private static async Task<IResult> ApplyAsync(
        Guid id, IRequest<AccessChanged> command, IRpcClient rpc, UserSessions sessions, Func<AccessChanged, int, IResult> answer, CancellationToken cancellationToken)
    {
        try
        {
            var change = await rpc.RequestAsync(command, RpcOptions.Command, cancellationToken);
            return answer(change, await sessions.ApplyAsync(change));
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted($"/admin/users?text={id}", open);
        }
    }
}
