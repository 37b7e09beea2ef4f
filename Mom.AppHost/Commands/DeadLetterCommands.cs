using System.Text.Json.Nodes;

namespace Mom.AppHost.Commands;

/// <summary>Dead letters: what there is, and sending it to its queue once more.</summary>
internal static class DeadLetterCommands
{
    private const string Queue = "queue";
    private const string PerSecond = "perSecond";
    private const string Operations = "/admin/dead-letters/operations";

    public static IResourceBuilder<ProjectResource> WithDeadLetterCommands(this IResourceBuilder<ProjectResource> api, Administrator administrator) => api
        .WithReport(
            "dead-letters",
            "Dead letters",
            context => SummaryAsync(administrator, context.CancellationToken),
            new CommandOptions { Description = "How many dead letters wait for a decision, by queue and type.", IconName = "MailAlert" })
        .WithReport(
            "replay-dead-letters",
            "Replay dead letters",
            context => ReplayAsync(administrator, context),
            new CommandOptions
            {
                Description = "Sends every dead letter that waits for a decision to its queue once more.",
                ConfirmationMessage = "Each message will be handled again. Is the cause of its failure fixed?",
                IconName = "MailArrowForward",
                Arguments =
                [
                    new InteractionInput { Name = Queue, Label = "Queue", Description = "Only those of this queue; empty for all.", InputType = InputType.Text },
                    new InteractionInput { Name = PerSecond, Label = "Messages per second", InputType = InputType.Number, Value = "50", Required = true },
                ],
            });

    private static async Task<(string Message, string Markdown)> SummaryAsync(Administrator administrator, CancellationToken cancellationToken)
    {
        // A dry run: it reports what a replay would match.
        var found = await administrator.SendAsync(HttpMethod.Post, Operations, new { kind = "replay", dryRun = true }, cancellationToken);
        var groups = found?["groups"] as JsonArray ?? [];
        var table = Reporting.Table(["queue", "type", "letters"], groups.Select(group => new[] { $"{group!["queue"]}", $"{group["type"]}", $"{group["count"]}" }));
        return ($"{found?["total"]} dead letters wait for a decision", table);
    }

    private static async Task<(string Message, string Markdown)> ReplayAsync(Administrator administrator, ExecuteCommandContext context)
    {
        var order = new
        {
            kind = "replay",
            dryRun = false,
            perSecond = context.Arguments.GetInt32(PerSecond),
            filter = new { queue = context.Arguments.GetString(Queue) is { Length: > 0 } queue ? queue : null },
        };
        var operation = await administrator.SendAsync(HttpMethod.Post, Operations, order, context.CancellationToken);
        while (operation?["id"]?.GetValue<Guid>() is { } id && operation["finishedAt"] is null)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), context.CancellationToken);
            operation = await administrator.SendAsync(HttpMethod.Get, $"{Operations}/{id}", body: null, context.CancellationToken);
        }

        return (
            $"{operation?["done"]} of {operation?["total"]} dead letters replayed",
            Reporting.Table(["replayed", "skipped", "why"], [[$"{operation?["done"]}", $"{operation?["skipped"]}", $"{operation?["lastSkip"]}"]]));
    }
}
