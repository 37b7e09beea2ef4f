using Mom.Contracts.Operations;
using Mom.Messaging.Topology;

namespace Mom.Api.Admin.Workers;

internal static class WorkerEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public static void MapWorkers(this RouteGroupBuilder admin)
    {
        var workers = admin.MapGroup("").WithTags("Admin: workers");
        workers.MapGet("/workers", (WorkerRegistry registry) => registry.ListAsync())
            .WithSummary("The worker processes that are alive: roles, consumers, and what each works on").Produces<IReadOnlyList<WorkerStatus>>();
        workers.MapPost("/workers/{queue}/pause", PauseAsync).WithSummary("No worker takes a message from the queue any more; what is in flight is finished").ProducesSwitch();
        workers.MapPost("/workers/{queue}/drain", DrainAsync).WithSummary("Pause, and wait until nothing of the queue is in flight; 202 when that takes longer").ProducesSwitch();
        workers.MapPost("/workers/{queue}/resume", ResumeAsync).WithSummary("Workers take messages from the queue again").ProducesSwitch();
        workers.MapPost("/workers/instances/{instance}/drain", DrainInstanceAsync).WithSummary("One worker process takes no further messages; the others do. Its next beat shows it").ProducesInstance();
        workers.MapPost("/workers/instances/{instance}/resume", ResumeInstanceAsync).WithSummary("A worker process takes messages again").ProducesInstance();
    }

    private static void ProducesSwitch(this RouteHandlerBuilder route) => route
        .Produces<IReadOnlyList<WorkerStatus>>()
        .Produces<IReadOnlyList<WorkerStatus>>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static void ProducesInstance(this RouteHandlerBuilder route) => route
        .Produces<WorkerStatus>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static Task<IResult> DrainInstanceAsync(string instance, PausedQueues paused, WorkerRegistry registry) => SwitchInstanceAsync(instance, drained: true, paused, registry);

    private static Task<IResult> ResumeInstanceAsync(string instance, PausedQueues paused, WorkerRegistry registry) => SwitchInstanceAsync(instance, drained: false, paused, registry);

    private static async Task<IResult> SwitchInstanceAsync(string instance, bool drained, PausedQueues paused, WorkerRegistry registry)
    {
        var workers = await registry.ListAsync();
        var worker = workers.FirstOrDefault(worker => string.Equals(worker.Instance, instance, StringComparison.Ordinal));
        if (worker is null)
        {
            return Results.Problem("There is no such worker any more.", statusCode: StatusCodes.Status404NotFound);
        }

        await paused.SetInstanceAsync(instance, drained, workers.Select(alive => alive.Instance));
        return Results.Ok(worker with { Drained = drained });
    }

    private static Task<IResult> PauseAsync(string queue, PausedQueues paused, WorkerRegistry registry, BrokerTopology topology, CancellationToken cancellationToken) =>
        SwitchAsync(queue, pause: true, IsPausing, paused, registry, topology, cancellationToken);

    private static Task<IResult> DrainAsync(string queue, PausedQueues paused, WorkerRegistry registry, BrokerTopology topology, CancellationToken cancellationToken) =>
        SwitchAsync(queue, pause: true, consumer => consumer.State is "paused", paused, registry, topology, cancellationToken);

    private static Task<IResult> ResumeAsync(string queue, PausedQueues paused, WorkerRegistry registry, BrokerTopology topology, CancellationToken cancellationToken) =>
        SwitchAsync(queue, pause: false, consumer => consumer.State is "consuming", paused, registry, topology, cancellationToken);

    private static bool IsPausing(WorkerConsumer consumer) => consumer.State is "paused" or "draining";

    private static async Task<IResult> SwitchAsync(
        string queue, bool pause, Func<WorkerConsumer, bool> done, PausedQueues paused, WorkerRegistry registry, BrokerTopology topology, CancellationToken cancellationToken)
    {
        if (!topology.Queues.Any(definition => string.Equals(definition.Name, queue, StringComparison.Ordinal)))
        {
            return Results.Problem($"There is no queue {queue}.", statusCode: StatusCodes.Status404NotFound);
        }

        await paused.SetAsync(queue, pause);
        var deadline = Task.Delay(Patience, cancellationToken);
        while (true)
        {
            var workers = (await registry.ListAsync()).Where(worker => worker.Consumers.Any(Consumes)).ToList();
            if (workers.TrueForAll(worker => worker.Consumers.Where(Consumes).All(done)))
            {
                return Results.Ok(workers);
            }

            if (deadline.IsCompleted)
            {
                return Results.Accepted("/admin/workers", workers);
            }

            await Task.Delay(LookAgain, cancellationToken);
        }

        bool Consumes(WorkerConsumer consumer) => string.Equals(consumer.Queue, queue, StringComparison.Ordinal);
    }
}
