using System.Diagnostics;
using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;
using Mom.Messaging;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;

namespace Mom.Api.Jobs;

internal static class JobEndpoints
{
    private const int MaxPageSize = 100;
    private const int MaxText = 200;

    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/job").WithTags("Jobs").RequireAuthorization();
        jobs.MapPost("", CreateAsync)
            .WithSummary("Order a job")
            .Produces<Job>(StatusCodes.Status201Created)
            .Produces<AcceptedJob>(StatusCodes.Status202Accepted)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        jobs.MapGet("/my", ListAsync).WithSummary("My jobs, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<Job>>().ProducesValidationProblem();
        jobs.MapPost("/{id:guid}/cancel", CancelAsync).WithSummary("Stop one of my jobs; doing it again changes nothing").ProducesAct();
        jobs.MapPost("/{id:guid}/retry", RetryAsync).WithSummary("Start a failed or cancelled job anew; results that it has stay").ProducesAct();
        jobs.MapGet("/{id:guid}", GetAsync).WithSummary("One of my jobs").Produces<Job>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void ProducesAct(this RouteHandlerBuilder route) => route
        .Produces<Job>()
        .Produces(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CreateAsync(CreateJobBody body, HttpRequest http, ClaimsPrincipal user, IRpcClient rpc, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        JobValidation.Check(body, time.GetUtcNow(), errors);
        if (!IdempotencyKey.TryGetId(http, user.UserId().ToString(), errors, out var id) || errors.Any)
        {
            return errors.ToProblem();
        }

        Activity.Current?.SetTag("mom.job.id", id);
        var location = $"/job/{id}";
        _ = RunAtSyntax.TryRead(body.RunAt, out var runAt);
        var operations = body.Details!.Select(detail => new Operation(detail!.Method!, detail.Numbers!)).ToList();
        try
        {
            var job = await rpc.RequestAsync(new CreateJob(id, user.UserId(), body.Type!, operations, runAt), RpcOptions.Command, cancellationToken);
            return Results.Created(location, job);
        }
        catch (RequestTimeoutException)
        {
            // Confirmed by the broker: the job is safe, only nobody has answered yet.
            return Results.Accepted(location, new AcceptedJob(id, runAt > time.GetUtcNow() ? JobStatus.Scheduled : JobStatus.Queued, location));
        }
    }

    private static async Task<IResult> ListAsync(HttpContext http, ClaimsPrincipal user, IRpcClient rpc, string? status, string? text, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        var errors = new FieldErrors();
        JobStatus? wanted = Enum.TryParse<JobStatus>(status, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        errors.Require(string.IsNullOrEmpty(status) || wanted is not null, "status", "The status is one of: scheduled, queued, running, succeeded, failed, cancelled.");
        errors.Require(text is null or { Length: <= MaxText }, "text", $"The text is at most {MaxText} characters.");
        errors.Require(page is >= 1 and <= 1_000_000, "page", "Pages are counted from 1.");
        errors.Require(pageSize is >= 1 and <= MaxPageSize, "pageSize", $"A page has 1 to {MaxPageSize} jobs.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await rpc.RequestAsync(new ListJobs(user.UserId(), wanted, text, page, pageSize), RpcOptions.Query, cancellationToken);
        http.Response.Headers["X-Total-Count"] = $"{found.Total}";
        http.Response.Headers.Link = PageLinks.For(http.Request, page, pageSize, found.Total);
        return Results.Ok(found.Jobs);
    }

    private static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag("mom.job.id", id);
        return Results.Ok(await rpc.RequestAsync(new GetJob(id, user.UserId()), RpcOptions.Query, cancellationToken));
    }

    private static Task<IResult> CancelAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        ActAsync(new CancelJob(id, user.UserId()), id, rpc, cancellationToken);

    private static Task<IResult> RetryAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        ActAsync(new RetryJob(id, user.UserId()), id, rpc, cancellationToken);

    private static async Task<IResult> ActAsync(IRequest<Job> request, Guid id, IRpcClient rpc, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag("mom.job.id", id);
        try
        {
            return Results.Ok(await rpc.RequestAsync(request, RpcOptions.Command, cancellationToken));
        }
        catch (RequestTimeoutException)
        {
            // Confirmed by the broker: it will be done, only later than we wait.
            return Results.Accepted($"/job/{id}");
        }
    }
}
