using System.Diagnostics;
using System.Globalization;

namespace Mom.AppHost.Commands;

/// <summary>Orders a number of jobs, to have something to look at.</summary>
internal static class SampleJobs
{
    private const string Count = "count";
    // The limit of unfinished jobs per user.
    private const int Most = 1_000;
    private const int AtOnce = 16;

    public static IResourceBuilder<ProjectResource> WithSampleJobs(this IResourceBuilder<ProjectResource> api, Administrator administrator) => api.WithReport(
        "sample-jobs",
        "Send sample jobs",
        context => SendAsync(administrator, context),
        new CommandOptions
        {
            Description = "Orders jobs of three operations each, as the administrator.",
            IconName = "Send",
            IsHighlighted = true,
            Arguments = [new InteractionInput { Name = Count, Label = "How many", InputType = InputType.Number, Value = "10", Required = true }],
            ValidateArguments = context =>
            {
                if (context.Inputs.GetInt32(Count) is < 1 or > Most)
                    context.AddValidationError(Count, $"Between 1 and {Most:N0}.");
                return Task.CompletedTask;
            },
        });

    private static async Task<(string Message, string Markdown)> SendAsync(Administrator administrator, ExecuteCommandContext context)
    {
        var count = context.Arguments.GetInt32(Count);
        var taken = 0;
        var refusals = new System.Collections.Concurrent.ConcurrentBag<string>();
        var clock = Stopwatch.StartNew();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = context.CancellationToken };
        await Parallel.ForAsync(0, count, options, async (number, cancellationToken) =>
        {
            // One trace per job: otherwise all jobs would be part of the command's trace.
            Activity.Current = null;
            try
            {
                await administrator.SendAsync(HttpMethod.Post, "/job", Job(number), cancellationToken);
                Interlocked.Increment(ref taken);
            }
            catch (CommandFailedException refusal)
            {
                refusals.Add(refusal.Message);
            }
        });

        var seconds = clock.Elapsed.TotalSeconds;
        IEnumerable<string?[]> rows =
        [
            ["taken", $"{taken}", string.Create(CultureInfo.InvariantCulture, $"{count / seconds:F0} per second")],
            .. refusals.GroupBy(reason => reason, StringComparer.Ordinal).Select(group => new[] { "refused", $"{group.Count()}", group.Key }),
        ];
        return ($"{taken} of {count} jobs were taken", Reporting.Table(["answer", "jobs", "note"], rows));
    }

    private static object Job(int number) => new
    {
        type = "math",
        details = new object[]
        {
            new { method = "add", numbers = new[] { $"{number}", "1" } },
            new { method = "multiply", numbers = new[] { $"{number}", $"{number}" } },
            new { method = "factors", numbers = new[] { $"{number + 2}" } },
        },
    };
}
