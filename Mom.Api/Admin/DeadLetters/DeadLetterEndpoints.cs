using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Tokens;

namespace Mom.Api.Admin.DeadLetters;

internal static class DeadLetterEndpoints
{
    private const int MaxReason = 500;

    public static void MapDeadLetters(this RouteGroupBuilder admin)
    {
        var letters = admin.MapGroup("").WithTags("Admin: dead letters");
        letters.MapGet("/dead-letters", ListAsync).WithSummary("Dead letters, newest first; paged by the headers Link and X-Total-Count").Produces<IReadOnlyList<DeadLetter>>();
        letters.MapGet("/dead-letters/groups", GroupsAsync).WithSummary("Dead letters in groups by queue, type, reason and exception, the largest first; at most 100").Produces<IReadOnlyList<DeadLetterCause>>();
        letters.MapGet("/dead-letters/{id:long}", GetAsync).WithSummary("Everything about a dead letter").Produces<DeadLetterDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        letters.MapPost("/dead-letters/{id:long}/replay", ReplayAsync).WithSummary("Send it to its queue once more").ProducesDecision();
        letters.MapPost("/dead-letters/{id:long}/discard", DiscardAsync).WithSummary("Discard it, with a reason").ProducesDecision();
        letters.MapPut("/dead-letters/{id:long}/body", EditAsync).WithSummary("Change what a replay will send; the original is kept").ProducesDecision();
    }

    private static void ProducesDecision(this RouteHandlerBuilder route) => route
        .Produces<DeadLetterDetail>()
        .Produces<AcceptedCommand>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ListAsync(HttpContext http, IRpcClient rpc, [AsParameters] DeadLetterFilterQuery query, [AsParameters] PageQuery page, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        page.Check(errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await rpc.RequestAsync(new ListDeadLetters(filter, page.Page, page.PageSize), RpcOptions.Query, cancellationToken);
        return page.Ok(http, found.Letters, found.Total);
    }

    private static async Task<IResult> GroupsAsync(IRpcClient rpc, [AsParameters] DeadLetterFilterQuery query, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        return errors.Any
            ? errors.ToProblem()
            : Results.Ok((await rpc.RequestAsync(new GetDeadLetterGroups(filter), RpcOptions.Query, cancellationToken)).Groups);
    }

    private static async Task<IResult> GetAsync(long id, IRpcClient rpc, CancellationToken cancellationToken) =>
        Results.Ok(await rpc.RequestAsync(new GetDeadLetter(id), RpcOptions.Query, cancellationToken));

    private static Task<IResult> ReplayAsync(long id, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken) =>
        rpc.CommandAsync(new ReplayDeadLetter(id, user.Claim(MomClaims.Email)), $"/admin/dead-letters/{id}", cancellationToken);

    private static Task<IResult> DiscardAsync(long id, DiscardBody body, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(!string.IsNullOrWhiteSpace(body.Reason) && body.Reason.Length <= MaxReason, "reason", $"A reason of 1 to {MaxReason} characters is needed.");
        return errors.Any
            ? Task.FromResult(errors.ToProblem())
            : rpc.CommandAsync(new DiscardDeadLetter(id, body.Reason!, user.Claim(MomClaims.Email)), $"/admin/dead-letters/{id}", cancellationToken);
    }

    private static Task<IResult> EditAsync(long id, EditBody body, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(body.Body is { Length: > 0 and <= JobLimits.BodyBytes }, "body", "A body is needed.");
        return errors.Any
            ? Task.FromResult(errors.ToProblem())
            : rpc.CommandAsync(new EditDeadLetter(id, body.Body!, user.Claim(MomClaims.Email)), $"/admin/dead-letters/{id}", cancellationToken);
    }
}
