namespace Mom.Bench.Measuring;

/// <summary>What the rounds of one contender at one scenario come to.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Rate">Messages per second, median of the rounds.</param>
/// <param name="Ratio">Its rate as a part of the yardstick's rate in the same round: the median of the rounds.</param>
/// <param name="LeastRatio">The smallest of these.</param>
/// <param name="GreatestRatio">The greatest of these.</param>
/// <param name="AllocatedPerMessage">Bytes, median of the rounds; of both sides where one process sends and receives.</param>
/// <param name="ProcessorMicroseconds">Processor time per message in the process of the bench, without broker and database: median of the rounds.</param>
/// <param name="BrokerMicroseconds">Processor time per message in the broker, likewise.</param>
/// <param name="Latency">Of all rounds together; <see langword="null"/> where nobody waits for an answer.</param>
internal sealed record Result(
    string Contender,
    double Rate,
    double Ratio,
    double LeastRatio,
    double GreatestRatio,
    double AllocatedPerMessage,
    double ProcessorMicroseconds,
    double BrokerMicroseconds,
    Latency? Latency)
{
    /// <summary>Sums up rounds against those of the yardstick, pair by pair.</summary>
    public static Result Of(string contender, IReadOnlyList<Round> rounds, IReadOnlyList<Round> yardstick)
    {
        var ratios = rounds.Zip(yardstick, (own, other) => own.Rate / other.Rate).ToList();
        return new Result(
            contender,
            Median.Of(rounds.Select(round => round.Rate)),
            Median.Of(ratios),
            ratios.Min(),
            ratios.Max(),
            Median.Of(rounds.Select(round => round.AllocatedPerMessage)),
            Median.Of(rounds.Select(round => round.ProcessorMicrosecondsPerMessage)),
            Median.Of(rounds.Select(round => round.BrokerMicrosecondsPerMessage)),
            Latency.Of(rounds.Select(round => round.Latencies)));
    }
}
