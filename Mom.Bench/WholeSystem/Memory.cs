using System.Globalization;

namespace Mom.Bench.WholeSystem;

/// <summary>The most memory that processes have had resident, as the kernel counts it.</summary>
internal static class PeakMemory
{
    /// <summary>MiB of living processes together; 0 where there is no <c>/proc</c>.</summary>
    public static double OfAll(IEnumerable<int> processes) => processes.Sum(Of);

    private static double Of(int process)
    {
        try
        {
            // "VmHWM:   123456 kB": https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
