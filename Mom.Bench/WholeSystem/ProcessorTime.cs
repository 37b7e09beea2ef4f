using System.Globalization;

namespace Mom.Bench.WholeSystem;

/// <summary>Processor time of processes, in user and in system mode, as the kernel counts it: what else the machine does is no part of it.</summary>
internal static class ProcessorTime
{
    // USER_HZ is 100 on every platform that .NET runs on: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    private const double TicksPerSecond = 100;

    /// <summary>Milliseconds that living processes have used; those that have ended do not count. 0 where there is no <c>/proc</c>.</summary>
    public static double OfAll(IEnumerable<int> processes) => processes.Sum(Of);

    private static double Of(int process)
    {
        try
        {
            // "pid (name) S ...", with any characters in the name; utime and stime are the fields 14 and 15.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * 1_000 / TicksPerSecond;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
