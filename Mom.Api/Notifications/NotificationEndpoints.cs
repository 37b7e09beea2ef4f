using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Contracts.Notifications;
using Mom.Messaging.Publishing;
using Mom.Messaging.Rpc;
using Mom.Sessions;

namespace Mom.Api.Notifications;

internal static class NotificationEndpoints
{
    private const int MaxLimit = 100;

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var notifications = app.MapGroup("").WithTags("Notifications").RequireAuthorization();
        notifications.MapGet("/notification", ListAsync).WithSummary("My notifications, newest first; the header X-Unread-Count counts all unread ones").Produces<IReadOnlyList<Notification>>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        notifications.MapPost("/notification/read", MarkReadAsync).WithSummary("Mark notifications as read: the named ones, or all").Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ClaimsPrincipal user, IRpcClient rpc, bool unread = false, int limit = 50, CancellationToken cancellationToken = default)
    {
        var errors = new FieldErrors();
        errors.Require(limit is >= 1 and <= MaxLimit, "limit", $"The limit is 1 to {MaxLimit}.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await rpc.RequestAsync(new ListNotifications(user.UserId(), unread, limit), RpcOptions.Query, cancellationToken);
        http.Response.Headers["X-Unread-Count"] = $"{found.Unread}";
        return Results.Ok(found.Notifications);
    }

    private static async Task<IResult> MarkReadAsync(MarkReadBody body, ClaimsPrincipal user, IMessagePublisher publisher, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(body.Ids is null or { Count: <= 1_000 }, "ids", "At most 1,000 at a time.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await publisher.AcceptAsync(new MarkNotificationsRead(user.UserId(), body.Ids, time.GetUtcNow()), "/notification", cancellationToken);
    }
}
