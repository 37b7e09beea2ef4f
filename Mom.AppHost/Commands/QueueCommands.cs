using System.Text.Json.Nodes;

namespace Mom.AppHost.Commands;

/// <summary>Pause, resume and drain of what a worker consumes.</summary>
internal static class QueueCommands
{
    private const string Queue = "queue";

    public static IResourceBuilder<ProjectResource> WithQueueCommands(
        this IResourceBuilder<ProjectResource> worker,
        Administrator administrator,
        params string[] queues) => worker
        .WithQueueCommand(administrator, queues, "pause", "Pause", "Pause",
            "No replica takes a message from the queue any more; what is in flight is finished. Messages wait in the queue.",
            confirmation: "Work will wait until you resume it. While db.queries is paused nobody can log in.")
        .WithQueueCommand(administrator, queues, "drain", "Drain", "ArrowExit",
            "Pauses, and waits until no replica has a message of the queue in flight.",
            confirmation: "Work will wait until you resume it. While db.queries is paused nobody can log in.")
        .WithQueueCommand(administrator, queues, "resume", "Resume", "Play",
            "Replicas take messages from the queue again.", confirmation: null);

    private static IResourceBuilder<ProjectResource> WithQueueCommand(
        this IResourceBuilder<ProjectResource> worker,
        Administrator administrator,
        string[] queues,
        string name,
        string displayName,
        string icon,
        string description,
        string? confirmation) => worker.WithReport(
        name,
        displayName,
        async context =>
        {
            var queue = context.Arguments.GetString(Queue) ?? queues[0];
            var workers = await administrator.SendAsync(HttpMethod.Post, $"/admin/workers/{queue}/{name}", body: null, context.CancellationToken);
            return ($"{displayName} {queue}", Consumers(workers as JsonArray ?? [], queue));
        },
        new CommandOptions
        {
            Description = description,
            ConfirmationMessage = confirmation,
            IconName = icon,
            Arguments =
            [
                new InteractionInput
                {
                    Name = Queue,
                    Label = "Queue",
                    InputType = InputType.Choice,
                    Options = [.. queues.Select(queue => KeyValuePair.Create(queue, queue))],
                    Value = queues[0],
                    Required = true,
                },
            ],
        });

    private static string Consumers(JsonArray workers, string queue) => Reporting.Table(
        ["worker", "queue", "state", "in flight", "handled"],
        from worker in workers
        from consumer in worker!["consumers"]!.AsArray()
        where string.Equals(consumer!["queue"]!.GetValue<string>(), queue, StringComparison.Ordinal)
        select new[] { $"{worker["instance"]}", queue, $"{consumer["state"]}", $"{consumer["inFlight"]}", $"{consumer["handled"]}" });
}
