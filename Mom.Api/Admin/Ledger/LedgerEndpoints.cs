using Mom.Api.Admin.Queues;
using Mom.Contracts.Operations;
using Mom.Messaging.Rpc;

namespace Mom.Api.Admin.Ledger;

internal static class LedgerEndpoints
{
    public static void MapLedger(this RouteGroupBuilder admin) =>
        admin.MapGet("/ledger", GetAsync)
            .WithTags("Admin: overview")
            .WithSummary("Whether anything that was accepted is lost, doubled or stuck: the database against the broker")
            .Produces<SystemLedger>();

    private static async Task<IResult> GetAsync(IRpcClient rpc, QueueStatuses queues, TimeProvider time, CancellationToken cancellationToken)
    {
        // First the broker: what has moved on since is found in the database.
        var held = await queues.ListAsync(cancellationToken);
        var facts = await rpc.RequestAsync(new GetLedger(), RpcOptions.Query, cancellationToken);
        return Results.Ok(LedgerCheck.Of(facts, held, time.GetUtcNow()));
    }
}
