using System.Security.Claims;
using Mom.Api.Requests;
using Mom.Contracts.Operations;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Tokens;

namespace Mom.Api.Admin.DeadLetters;

internal static class DeadLetterOperationEndpoints
{
    private const int MaxPerSecond = 1_000;
    private const int MaxReason = 500;

    public static void MapDeadLetterOperations(this RouteGroupBuilder admin)
    {
        var operations = admin.MapGroup("").WithTags("Admin: dead letters");
        operations.MapPost("/dead-letters/operations", StartAsync).WithSummary("Replay or discard many: first dry, then with dryRun false")
            .Produces<DeadLetterOperation>().Produces<DeadLetterOperation>(StatusCodes.Status202Accepted);
        operations.MapGet("/dead-letters/operations", ListAsync).WithSummary("The latest operations, newest first").Produces<IReadOnlyList<DeadLetterOperation>>();
        operations.MapGet("/dead-letters/operations/{id:guid}", GetAsync).WithSummary("How far an operation is").Produces<DeadLetterOperation>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> StartAsync(DeadLetterOperationBody body, ClaimsPrincipal user, IRpcClient rpc, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(body.Kind is not null, "kind", "The kind is one of: replay, discard.");
        errors.Require(body.PerSecond is >= 1 and <= MaxPerSecond, "perSecond", $"Dead letters per second are 1 to {MaxPerSecond:N0}.");
        errors.Require(body.Kind != DeadLetterOperationKind.Discard || body.DryRun || !string.IsNullOrWhiteSpace(body.Reason), "reason", "To discard dead letters, give a reason.");
        errors.Require(body.Reason is null or { Length: <= MaxReason }, "reason", $"A reason is at most {MaxReason} characters.");
        DeadLetterFilterQuery.Check(body.Filter ?? new DeadLetterFilter(), errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var id = Guid.CreateVersion7();
        var location = $"/admin/dead-letters/operations/{id}";
        var start = new StartDeadLetterOperation(
            id, body.Kind!.Value, body.Filter ?? new DeadLetterFilter(), body.DryRun, body.PerSecond, body.Reason, user.Claim(MomClaims.Email));
        try
        {
            var operation = await rpc.RequestAsync(start, RpcOptions.Command, cancellationToken);
            return body.DryRun ? Results.Ok(operation) : Results.Accepted(location, operation);
        }
        catch (MessagingException open) when (!body.DryRun && RpcResults.MayHaveArrived(open))
        {
            return RpcResults.Accepted(location, open);
        }
    }

    private static async Task<IResult> ListAsync(IRpcClient rpc, CancellationToken cancellationToken) =>
        Results.Ok((await rpc.RequestAsync(new ListDeadLetterOperations(50), RpcOptions.Query, cancellationToken)).Operations);

    private static async Task<IResult> GetAsync(Guid id, IRpcClient rpc, CancellationToken cancellationToken) =>
        Results.Ok(await rpc.RequestAsync(new GetDeadLetterOperation(id), RpcOptions.Query, cancellationToken));
}
