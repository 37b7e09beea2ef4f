using System.Diagnostics;
using System.Security.Claims;
using Mom.Api.Jobs;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Tokens;

namespace Mom.Api.Admin;

internal static class AdminJobEndpoints
{
    private const int MaxText = 200;
    private const int MaxIdleSeconds = 30 * 24 * 3600;

    public static void MapJobs(this RouteGroupBuilder admin)
    {
        var jobs = admin.MapGroup("").WithTags("Admin: jobs");
        jobs.MapGet("/jobs", ListAsync).WithSummary("The jobs of all users, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<AdminJob>>();
        jobs.MapPost("/jobs/{id:guid}/reconcile", ReconcileAsync).WithSummary("Queue the current operation of a job again").Produces<AdminJob>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        jobs.MapPost("/jobs/{id:guid}/cancel", CancelAsync).WithSummary("Stop a job of any user").ProducesAction();
        jobs.MapPost("/jobs/{id:guid}/retry", RetryAsync).WithSummary("Start a failed or cancelled job of any user anew").ProducesAction();
        jobs.MapPost("/reconcile", ReconcileAllAsync).WithSummary("Queue again the current operation of every job without progress for idleSeconds (60)").Produces<Reconciliation>()
            .Produces<AcceptedCommand>(StatusCodes.Status202Accepted);
    }

    private static void ProducesAction(this RouteHandlerBuilder route) => route
        .Produces<Job>()
        .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ListAsync(HttpContext http, IRpcClient rpc, string? status, string? text, Guid? userId, [AsParameters] PageQuery page, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var wanted = JobStatusQuery.Read(status, errors);
        errors.Require(text is null or { Length: <= MaxText }, "text", $"The text is at most {MaxText} characters.");
        page.Check(errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await rpc.RequestAsync(new ListAllJobs(wanted, text, userId, page.Page, page.PageSize), RpcOptions.Query, cancellationToken);
        return page.Ok(http, found.Jobs, found.Total);
    }

    private static Task<IResult> ReconcileAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag("mom.job.id", id);
        return rpc.CommandAsync(new ReconcileJob(id, user.Claim(MomClaims.Email)), $"/admin/jobs?text={id}", cancellationToken);
    }

    private static Task<IResult> CancelAsync(Guid id, IRpcClient rpc, CancellationToken cancellationToken) => ActAsync(id, new CancelAnyJob(id), rpc, cancellationToken);

    private static Task<IResult> RetryAsync(Guid id, IRpcClient rpc, CancellationToken cancellationToken) => ActAsync(id, new RetryAnyJob(id), rpc, cancellationToken);

    private static Task<IResult> ActAsync(Guid id, IRequest<Job> command, IRpcClient rpc, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag("mom.job.id", id);
        return rpc.CommandAsync(command, $"/admin/jobs?text={id}", cancellationToken);
    }

    private static Task<IResult> ReconcileAllAsync(ClaimsPrincipal user, IRpcClient rpc, int idleSeconds = 60, CancellationToken cancellationToken = default)
    {
        var errors = new FieldErrors();
        errors.Require(idleSeconds is >= 0 and <= MaxIdleSeconds, "idleSeconds", $"Seconds are 0 to {MaxIdleSeconds:N0}.");
        return errors.Any
            ? Task.FromResult(errors.ToProblem())
            : rpc.CommandAsync(new ReconcileJobs(idleSeconds, user.Claim(MomClaims.Email)), "/admin/jobs", cancellationToken);
    }
}
