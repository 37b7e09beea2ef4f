using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Contracts.Recurring;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;

namespace Mom.Api.Recurring;

internal static class RecurringEndpoints
{
    public static void MapRecurring(this IEndpointRouteBuilder app)
    {
        var recurring = app.MapGroup("").WithTags("Recurring jobs").RequireAuthorization();
        recurring.MapPost("/recurring", CreateAsync).WithSummary("Make a job again and again, by a cron expression in a time zone")
            .Produces<RecurringJob>(StatusCodes.Status201Created)
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        recurring.MapGet("/recurring", ListAsync).WithSummary("My recurring jobs, by name").Produces<IReadOnlyList<RecurringJob>>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        recurring.MapGet("/recurring/{id:guid}", GetAsync).WithSummary("One of my recurring jobs").Produces<RecurringJob>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        recurring.MapPost("/recurring/{id:guid}/pause", PauseAsync).WithSummary("Pause one of my recurring jobs; doing it again changes nothing").ProducesAct().Produces<RecurringJob>();
        recurring.MapPost("/recurring/{id:guid}/resume", ResumeAsync).WithSummary("Resume one of my recurring jobs; what was due meanwhile is not made up for").ProducesAct().Produces<RecurringJob>();
        recurring.MapDelete("/recurring/{id:guid}", DeleteAsync).WithSummary("Delete one of my recurring jobs; the jobs that it made stay").ProducesAct().Produces(StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder ProducesAct(this RouteHandlerBuilder route) => route
        .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CreateAsync(RecurringJobBody body, HttpRequest http, ClaimsPrincipal user, IRpcClient rpc, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        RecurringValidation.Check(body, time.GetUtcNow(), errors);
        // The same key for a job is another one.
        if (!IdempotencyKey.TryGetId(http, $"recurring of {user.UserId()}", errors, out var id) || errors.Any)
        {
            return errors.ToProblem();
        }

        var command = new CreateRecurringJob(id, user.UserId(), body.Name!.Trim(), body.Cron!, RecurringValidation.ZoneOf(body), body.Job!);
        try
        {
            return Results.Created(LocationOf(id), await rpc.RequestAsync(command, RpcOptions.Command, cancellationToken));
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted(LocationOf(id), open);
        }
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        Results.Ok((await rpc.RequestAsync(new ListRecurringJobs(user.UserId()), RpcOptions.Query, cancellationToken)).Jobs);

    private static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        Results.Ok(await rpc.RequestAsync(new GetRecurringJob(id, user.UserId()), RpcOptions.Query, cancellationToken));

    private static Task<IResult> PauseAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        rpc.CommandAsync(new PauseRecurringJob(id, user.UserId(), Paused: true), LocationOf(id), cancellationToken);

    private static Task<IResult> ResumeAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        rpc.CommandAsync(new PauseRecurringJob(id, user.UserId(), Paused: false), LocationOf(id), cancellationToken);

    private static async Task<IResult> DeleteAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        try
        {
            await rpc.RequestAsync(new DeleteRecurringJob(id, user.UserId()), RpcOptions.Command, cancellationToken);
            return Results.NoContent();
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted(LocationOf(id), open);
        }
    }

    private static string LocationOf(Guid id) => $"/recurring/{id}";
}
