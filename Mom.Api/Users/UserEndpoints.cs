using Mom.Api.Requests;
using Mom.Api.Throttling;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;

namespace Mom.Api.Users;

internal static class UserEndpoints
{
    private const int ListLimit = 1_000;

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("").WithTags("Users");
        foreach (var route in (string[])["/register", "/user"])
        {
            users.MapPost(route, RegisterAsync)
                .WithSummary("Register")
                .Produces<User>(StatusCodes.Status201Created)
                .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
                .ProducesProblem(StatusCodes.Status409Conflict)
                .ProducesProblem(StatusCodes.Status429TooManyRequests)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        }

        app.MapPassword();
        users.MapGet("/user", ListAsync)
            .RequireAuthorization(MomSessionsExtensions.AdminPolicy)
            .WithSummary("All users (administrators only)")
            .Produces<IReadOnlyList<User>>();
    }

    private static async Task<IResult> RegisterAsync(RegisterBody body, HttpContext http, Attempts attempts, Passwords passwords, IRpcClient rpc, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        RegisterValidation.Check(body, errors);
        var email = body.Email?.Trim() ?? string.Empty;
        if (!IdempotencyKey.TryGetId(http.Request, email.ToUpperInvariant(), errors, out var id) || errors.Any)
        {
            return errors.ToProblem();
        }

        var address = ClientAddress.Of(http);
        var attempt = await attempts.BeginRegistrationAsync(email, address);
        var hash = await attempt.OrTakeBackAsync(() => passwords.HashAsync(body.Password!, address, cancellationToken));
        try
        {
            var user = await attempt.OrTakeBackAsync(() =>
                rpc.RequestAsync(new CreateUser(id, body.FirstName!.Trim(), body.LastName!.Trim(), email, hash), RpcOptions.Command, cancellationToken));
            await attempt.SucceededAsync();
            return Results.Created("/auth-test", user);
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted("/login", open);
        }
    }

    private static async Task<IResult> ListAsync(UserListCache cache, IRpcClient rpc, CancellationToken cancellationToken) =>
        Results.Ok(await cache.GetAsync(
            async () => (await rpc.RequestAsync(new ListUsers(ListLimit), RpcOptions.Query, cancellationToken)).Users));
}
