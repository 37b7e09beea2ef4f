using System.Globalization;
using Mom.Contracts.Jobs;
using Mom.Panel.Api;

namespace Mom.Panel.Admin.Demo;

/// <summary>Orders sample jobs.</summary>
internal sealed class SampleOrder(ApiClient api)
{
    /// <summary>The limit of unfinished jobs of a user.</summary>
    public const int Most = 1_000;

    private const int AtOnce = 16;
    private int _taken;

    /// <summary>How many were accepted so far.</summary>
    public int Taken => _taken;

    /// <summary>Distinct reasons for refusals.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    public Task SendAsync(int count, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        Math.Clamp(count, 1, Most),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (number, stop) =>
        {
            try
            {
                // Each job has its own trace.
                using (UserAction.Begin("order sample job"))
                    await api.CreateJobAsync(Job(number), $"{Guid.NewGuid()}", stop);
                Interlocked.Increment(ref _taken);
            }
            catch (ApiException e)
            {
                Refusals.AddOrUpdate(e.Message, 1, (_, times) => times + 1);
            }
        });

    private static CreateJobBody Job(int number) => new("math",
    [
        new("add", [Text(number), "1"]),
        new("multiply", [Text(number), Text(number)]),
        new("factors", [Text(number + 2)]),
    ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
