using Mom.Api.Admin.Queues;
using Mom.Api.Admin.Workers;
using Mom.Api.Problems;
using Mom.Contracts.Operations;
using Mom.Messaging.Rpc;

namespace Mom.Api.Admin;

/// <summary>Puts the overview together from database, broker and workers, whichever of them can be reached.</summary>
internal sealed class SystemOverviews(IRpcClient rpc, QueueStatuses queues, WorkerRegistry workers)
{
    // An overview is wanted quickly, most of all when a server is unavailable.
    private static readonly RpcOptions Patience = RpcOptions.Query with { Timeout = TimeSpan.FromSeconds(4) };

    public async Task<SystemOverview> GetAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var database = TryAsync("The database", () => rpc.RequestAsync(new GetOverview(), Patience, cancellationToken), problems);
        var broker = TryAsync("The broker", () => queues.ListAsync(cancellationToken), problems);
        var processes = TryAsync("The list of workers", workers.ListAsync, problems);
        var alarms = queues.ListAlarmsAsync(cancellationToken);
        return new SystemOverview(await database, await broker, await processes, problems, await alarms);
    }

    private static async Task<T?> TryAsync<T>(string what, Func<Task<T>> get, List<string> problems)
        where T : class
    {
        try
        {
            return await get();
        }
        catch (Exception exception) when (ExceptionToProblem.Describe(exception) is { Status: >= StatusCodes.Status500InternalServerError } problem && exception is not OperationCanceledException)
        {
            lock (problems)
            {
                problems.Add($"{what} cannot be asked at present. {problem.Detail}");
            }

            return null;
        }
    }
}
