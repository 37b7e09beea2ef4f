using System.Diagnostics;
using HdrHistogram;

namespace Mom.Bench.Measuring;

/// <summary>One run of one workload: its clock, its allocations, its latencies, and the proof that no message is missing or double.</summary>
/// <remarks>Public because code that Wolverine compiles at run time touches it.</remarks>
public sealed class Round(int messages)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _times = new int[messages];
    private readonly LongConcurrentHistogram _latencies = new(1, TimeSpan.FromMinutes(10).Ticks, 3);
    private long _began;
    private long _ended;
    private long _allocatedBefore;
    private long _allocatedAfter;
    private TimeSpan _usedBefore;
    private TimeSpan _usedAfter;
    private int _counted;

    /// <summary>How many messages the round has; they are numbered from 0.</summary>
    public int Messages => messages;

    /// <summary>Completes when each message has been counted at least once.</summary>
    public Task AllCounted => _all.Task;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began, _ended);

    /// <summary>Messages per second.</summary>
    public double Rate => messages / Elapsed.TotalSeconds;

    /// <summary>Bytes that the whole process allocated, per message.</summary>
    public double AllocatedPerMessage => (double)(_allocatedAfter - _allocatedBefore) / messages;

    /// <summary>Microseconds of processor time that the whole process used, per message: what else the machine does is no part of it.</summary>
    public double ProcessorMicrosecondsPerMessage => (_usedAfter - _usedBefore).TotalMicroseconds / messages;

    /// <summary>The same of the broker, to 10 ms for the whole round; 0 where it is not known.</summary>
    public double BrokerMicrosecondsPerMessage { get; set; }

    /// <summary>In ticks of 100 ns; empty where nobody waits for an answer.</summary>
    public HistogramBase Latencies => _latencies;

    /// <summary>Starts the clock, unless it runs.</summary>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref _began, Stopwatch.GetTimestamp(), 0) == 0)
        {
            _allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
            _usedBefore = Environment.CpuUsage.TotalTime;
        }
    }

    /// <summary>Stops the clock, unless it has been stopped.</summary>
    public void End()
    {
        if (Interlocked.CompareExchange(ref _ended, Stopwatch.GetTimestamp(), 0) == 0)
        {
            _allocatedAfter = GC.GetTotalAllocatedBytes(precise: true);
            _usedAfter = Environment.CpuUsage.TotalTime;
        }
    }

    /// <summary>A message has arrived. The last one to arrive for the first time stops the clock.</summary>
    public void Count(int number)
    {
        if (Interlocked.Increment(ref _times[number]) == 1 && Interlocked.Increment(ref _counted) == messages)
        {
            End();
            _all.TrySetResult();
        }
    }

    /// <summary>Messages were found together, such as those in a queue, and cannot be told apart.</summary>
    public void CountTogether(long found)
    {
        for (var i = 0; i < found; i++)
        {
            Count(i % messages);
        }
    }

    /// <summary>Somebody has waited for an answer.</summary>
    public void Waited(TimeSpan time) => _latencies.RecordValue(Math.Max(1, time.Ticks));

    /// <summary>Makes sure that each message arrived once.</summary>
    /// <exception cref="MiscountException">One is missing, or came twice: a fast contender that loses messages has no figure.</exception>
    public void Verify(string contender)
    {
        var missing = _times.Count(times => times == 0);
        var twice = _times.Sum(times => Math.Max(0, times - 1));
        if (missing + twice > 0)
        {
            throw new MiscountException($"{contender}: of {messages} messages {missing} are missing and {twice} came once too often.");
        }
    }
}
