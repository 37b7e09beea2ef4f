using HdrHistogram;

namespace Mom.Bench.Measuring;

/// <summary>How long callers waited, in milliseconds: the half that waited least waited <paramref name="P50"/> at most, and so on.</summary>
internal sealed record Latency(double P50, double P95, double P99)
{
    public static Latency? Of(IEnumerable<HistogramBase> histograms)
    {
        var all = new LongHistogram(1, TimeSpan.FromMinutes(10).Ticks, 3);
        foreach (var histogram in histograms)
        {
            all.Add(histogram);
        }

        return all.TotalCount == 0 ? null : new Latency(At(50), At(95), At(99));

        double At(double percentile) => TimeSpan.FromTicks(all.GetValueAtPercentile(percentile)).TotalMilliseconds;
    }
}
