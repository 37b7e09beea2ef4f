using System.Security.Claims;
using Mom.Api.Admin.Workers;
using Mom.Api.Jobs.Limits;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Store;

namespace Mom.Api.Jobs;

internal static class JobEndpoints
{
    private const int MaxText = 200;

    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        // Routes stand here in whole: with a prefix of the group, traces and metrics would name the first one "/job/".
        var jobs = app.MapGroup("").WithTags("Jobs").RequireAuthorization();
        jobs.MapPost("/job", CreateAsync)
            .WithMetadata(app.ServiceProvider.GetRequiredService<JobRate>())
            .WithSummary("Order a job")
            .Produces<Job>(StatusCodes.Status201Created)
            .Produces<Job>()
            .Produces<AcceptedJob>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        jobs.MapGet("/job/my", ListAsync).WithSummary("My jobs, newest first or as the parameter sort says: newest, oldest, changed, state; paged by the headers Link and X-Total-Count")
            .Produces<IReadOnlyList<Job>>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        jobs.MapGet("/job/summary", SummaryAsync).WithSummary("My jobs in numbers: counts by state (of those that contain a text), the last hour by minute, times, and what waits for what")
            .Produces<JobSummary>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        jobs.MapPost("/job/{id:guid}/cancel", CancelAsync).WithSummary("Stop one of my jobs; doing it again changes nothing").ProducesAct();
        jobs.MapPost("/job/{id:guid}/retry", RetryAsync).WithSummary("Start a failed or cancelled job again; results that it has stay").ProducesAct();
        jobs.MapGet("/job/{id:guid}", GetAsync).WithSummary("One of my jobs").Produces<Job>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static void ProducesAct(this RouteHandlerBuilder route) => route
        .Produces<Job>()
        .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CreateAsync(CreateJobBody body, HttpRequest http, ClaimsPrincipal user, IRpcClient rpc, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        JobValidation.Check(body, time.GetUtcNow(), errors);
        if (!IdempotencyKey.TryGetId(http, user.UserId().ToString(), errors, out var id) || errors.Any)
        {
            return errors.ToProblem();
        }

        if (JobValidation.HasPassed(body, time.GetUtcNow()) && !await IsSentAgainAsync(id, http, user, rpc, cancellationToken))
        {
            errors.Add("runAt", JobValidation.Passed);
            return errors.ToProblem();
        }

        // The token was taken in the step in which the session was looked up.
        if (http.HttpContext.AllowanceWait() is { } wait)
        {
            return JobRate.TooFast(http.HttpContext, wait);
        }

        MessageTags.Set("mom.job.id", id);
        var location = $"/job/{id}";
        _ = RunAtSyntax.TryRead(body.RunAt, out var runAt);
        try
        {
            var job = await rpc.RequestAsync(body.ToOrder(id, user.UserId(), runAt), RpcOptions.Command, cancellationToken);
            return job.Id == id ? Results.Created(location, job) : Only(http, job);
        }
        catch (MessagingException open) when (RpcResults.MayHaveArrived(open))
        {
            var status = runAt > time.GetUtcNow() ? JobStatus.Scheduled : JobStatus.Queued;
            return Results.Accepted(location, new AcceptedJob(id, status, location, RpcResults.IsConfirmed(open)));
        }
    }

    // The job that holds the key is the answer, and nothing was made.
    private static IResult Only(HttpRequest http, Job job)
    {
        http.HttpContext.Response.Headers.Location = $"/job/{job.Id}";
        return Results.Ok(job);
    }

    // The time may have passed since the request was sent for the first time: then it gets the answer that it got then.
    private static async Task<bool> IsSentAgainAsync(Guid id, HttpRequest http, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        if (!http.Headers.ContainsKey(IdempotencyKey.Header))
        {
            return false;
        }

        try
        {
            await rpc.RequestAsync(new GetJob(id, user.UserId()), RpcOptions.Query, cancellationToken);
            return true;
        }
        catch (RequestRefusedException refused) when (string.Equals(refused.Code, JobErrors.NotFound, StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task<IResult> ListAsync(HttpContext http, ClaimsPrincipal user, IRpcClient rpc, string? status, string? text, string? sort, [AsParameters] PageQuery page, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var wanted = JobStatusQuery.Read(status, errors);
        var order = JobSortQuery.Read(sort, errors);
        errors.Require(text is null or { Length: <= MaxText }, "text", $"The text is at most {MaxText} characters.");
        page.Check(errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await rpc.RequestAsync(new ListJobs(user.UserId(), wanted, text, page.Page, page.PageSize, order), RpcOptions.Query, cancellationToken);
        return page.Ok(http, found.Jobs, found.Total);
    }

    private static async Task<IResult> SummaryAsync(ClaimsPrincipal user, IRpcClient rpc, PausedQueues paused, string? text, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(text is null or { Length: <= MaxText }, "text", $"The text is at most {MaxText} characters.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var summary = await rpc.RequestAsync(new GetJobSummary(user.UserId(), text), RpcOptions.Query, cancellationToken);
        var queues = await paused.ListAsync();
        List<string> types = [.. JobTypes.All.Where(type => queues.Contains(type.Queue)).Select(type => type.Name)];
        return Results.Ok(summary with { Paused = types.Count > 0, PausedTypes = types });
    }

    private static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", id);
        return Results.Ok(await rpc.RequestAsync(new GetJob(id, user.UserId()), RpcOptions.Query, cancellationToken));
    }

    private static Task<IResult> CancelAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", id);
        return rpc.CommandAsync(new CancelJob(id, user.UserId()), $"/job/{id}", cancellationToken);
    }

    private static Task<IResult> RetryAsync(Guid id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", id);
        return rpc.CommandAsync(new RetryJob(id, user.UserId()), $"/job/{id}", cancellationToken);
    }
}
