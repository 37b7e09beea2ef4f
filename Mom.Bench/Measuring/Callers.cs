using System.Diagnostics;

namespace Mom.Bench.Measuring;

/// <summary>A number of callers, each of which does one thing after the other: with 256 of them, a window of 256.</summary>
internal static class Callers
{
    /// <summary>Does <paramref name="work"/> for each message of the round and records how long each took.</summary>
    public static Task RunAsync(Round round, int callers, Func<int, Task> work) => RunAsync(round.Messages, callers, async number =>
    {
        var started = Stopwatch.GetTimestamp();
        await work(number);
        round.Waited(Stopwatch.GetElapsedTime(started));
    });

    /// <summary>Does <paramref name="work"/> for each number from 0 below <paramref name="count"/>.</summary>
    public static Task RunAsync(int count, int callers, Func<int, Task> work)
    {
        var last = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(callers, count)).Select(_ => Task.Run(CallAsync)));

        async Task CallAsync()
        {
            int number;
            while ((number = Interlocked.Increment(ref last)) < count)
            {
                await work(number);
            }
        }
    }
}
