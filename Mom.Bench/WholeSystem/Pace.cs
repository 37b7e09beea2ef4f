using System.Diagnostics;
using HdrHistogram;
using Mom.Bench.Measuring;

namespace Mom.Bench.WholeSystem;

/// <summary>How fast requests follow each other.</summary>
internal static class Pace
{
    /// <summary>Each after the answer to the last.</summary>
    public static async Task<Latency> AloneAsync(int times, Func<Task<TimeSpan>> call)
    {
        var histogram = Histogram();
        for (var i = 0; i < times; i++)
        {
            histogram.RecordValue((await call()).Ticks);
        }

        return Latency.Of([histogram])!;
    }

    /// <summary>
    /// At their times, whether those before have been answered or not: a system that falls behind must not slow its callers down. Returns when all
    /// of the jobs have ended.
    /// </summary>
    public static async Task<Latency> AtAsync(int perSecond, JobOrderer[] orderers, TimeSpan time, CancellationToken cancellationToken)
    {
        var histogram = Histogram();
        var orders = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < time.TotalSeconds * perSecond; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / perSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, cancellationToken);
            }

            orders.Add(OrderAsync(orderers[number % orderers.Length]));
        }

        await Task.WhenAll(orders);
        return Latency.Of([histogram])!;

        async Task OrderAsync(JobOrderer orderer)
        {
            var (id, took) = await orderer.OrderAsync(cancellationToken);
            histogram.RecordValue(took.Ticks);
            await orderer.EndOfAsync(id, cancellationToken);
        }
    }

    private static LongConcurrentHistogram Histogram() => new(1, TimeSpan.FromMinutes(10).Ticks, 3);
}
