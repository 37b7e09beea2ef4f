using Mom.Api.Requests;
using Mom.Contracts.Operations;
using Mom.Messaging.Rpc;

namespace Mom.Api.Admin;

internal static class AdminUserEndpoints
{
    private const int MaxText = 200;

    public static void MapUsers(this RouteGroupBuilder admin) =>
        admin.MapGet("/users", ListAsync).WithTags("Admin: users")
            .WithSummary("All users, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<AdminUser>>();

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
}
