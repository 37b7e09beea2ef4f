using System.Diagnostics;
using System.Globalization;

namespace Mom.Tests.Security;

/// <summary>
/// How long a fuzzer goes on, from <c>MOM_FUZZ_SECONDS</c> (5 when it is not set), and with which random numbers, from <c>MOM_FUZZ_SEED</c> (another
/// one each time). It writes both into the output of the test, with the number of tries: the same seed tries the same things in the same order.
/// </summary>
internal sealed class FuzzBudget
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _limit = TimeSpan.FromSeconds(Setting("MOM_FUZZ_SECONDS", 5));
    private readonly int _seed = Setting("MOM_FUZZ_SEED", Random.Shared.Next());

    public FuzzBudget() => Random = new Random(_seed);

    public Random Random { get; }

    public int Count { get; private set; }

    /// <summary>Counts a try. False when the time is over; at least a hundred are made.</summary>
    /// <param name="mostPerSecond">False also when so many have been made for each second of the whole time.</param>
    public bool Next(int mostPerSecond = int.MaxValue)
    {
        if (Count >= 100 && (_clock.Elapsed >= _limit || Count >= mostPerSecond * _limit.TotalSeconds))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>What the output of a test says.</summary>
    public string Summary(string what) => string.Create(CultureInfo.InvariantCulture, $"{Count:N0} {what} in {_clock.Elapsed.TotalSeconds:0.0} s, MOM_FUZZ_SEED={_seed}");

    /// <summary>Writes the summary where it is seen also when all is well: on the console, and into the report.</summary>
    public void Report(string what)
    {
        Console.WriteLine($"    {Summary(what)}");
        TestContext.Current.TestOutputHelper?.WriteLine(Summary(what));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
