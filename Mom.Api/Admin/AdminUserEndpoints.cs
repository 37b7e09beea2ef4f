using Mom.Api.Requests;
using Mom.Api.Users;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;

namespace Mom.Api.Admin;

internal static class AdminUserEndpoints
{
    private const int MaxText = 200;

    public static void MapUsers(this RouteGroupBuilder admin)
    {
        var users = admin.MapGroup("").WithTags("Admin: users");
        users.MapGet("/users", ListAsync).WithSummary("All users, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<AdminUser>>();
        users.MapPut("/users/{id:guid}/role", ChangeRoleAsync)
            .WithSummary("Give a user another role, from their next request on. The last administrator stays one").Produces<RoleBody>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
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
