using System.Globalization;
using System.Numerics;
using Mom.Contracts.Jobs;

namespace Mom.Chaos.Load;

/// <summary>A job to ask for, with the results that it must have.</summary>
/// <param name="Type">The kind of job.</param>
/// <param name="Marker">The first input of its first operation, unique in a run.</param>
/// <param name="Details">The operations.</param>
/// <param name="Results">The right result of each; <see langword="null"/> for the one that must fail, which is the last.</param>
internal sealed record JobOrder(string Type, long Marker, IReadOnlyList<CreateJobDetail> Details, IReadOnlyList<string?> Results)
{
    private const int MostOperations = 5;
    private const double ShareOfFailures = 0.05;
    private const double ShareOfTexts = 0.2;

    /// <summary>One to five operations with random inputs; one job of twenty fails at its end. One of five is a job of texts.</summary>
    public static JobOrder Random(long marker, Random random)
    {
        var isText = random.NextDouble() < ShareOfTexts;
        var operations = new List<(CreateJobDetail, string?)> { isText ? Reversed(marker) : Sum(marker, random.Next(1, 1_000)) };
        var more = random.Next(MostOperations);
        for (var i = 0; i < more; i++)
        {
            operations.Add(isText ? Words(random) : Operation(random));
        }

        if (random.NextDouble() < ShareOfFailures)
        {
            operations.Add((isText ? new CreateJobDetail("longest", Text: "?") : new CreateJobDetail("divide", ["1", "0"]), null));
        }

        return new JobOrder(isText ? "text" : "math", marker, [.. operations.Select(pair => pair.Item1)], [.. operations.Select(pair => pair.Item2)]);
    }

    private static (CreateJobDetail, string?) Sum(long left, int right) => (new("add", [Text(left), Text(right)]), Text(left + right));

    private static (CreateJobDetail, string?) Reversed(long marker) => (new("reverse", Text: Text(marker)), string.Concat(Text(marker).Reverse()));

    private static (CreateJobDetail, string?) Words(Random random)
    {
        var count = random.Next(1, 200);
        return (new("words", Text: string.Join(' ', Enumerable.Repeat("word", count))), Text(count));
    }

    private static (CreateJobDetail, string?) Operation(Random random)
    {
        BigInteger left = random.NextInt64();
        BigInteger right = random.Next(1, 1_000_000);
        return random.Next(5) switch
        {
            0 => (new("add", [Text(left), Text(right)]), Text(left + right)),
            1 => (new("subtract", [Text(left), Text(right)]), Text(left - right)),
            2 => (new("multiply", [Text(left), Text(right)]), Text(left * right)),
            3 => (new("divide", [Text(left * right), Text(right)]), Text(left)),
            _ => Factors(random),
        };
    }

    private static (CreateJobDetail, string?) Factors(Random random)
    {
        int[] primes = [2, 3, 5, 7, 11, 13, 97, 101];
        var chosen = Enumerable.Range(0, random.Next(1, 6)).Select(_ => primes[random.Next(primes.Length)]).Order().ToList();
        return (new("factors", [Text(chosen.Aggregate(1L, (product, prime) => product * prime))]), string.Join(',', chosen));
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
