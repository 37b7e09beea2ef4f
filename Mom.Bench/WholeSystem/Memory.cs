using System.Globalization;

namespace Mom.Bench.WholeSystem;

/// <summary>Resident memory of living processes together, in MiB, as the kernel counts it; 0 where there is no <c>/proc</c>.</summary>
internal static class Memory
{
    /// <summary>The most that there was.</summary>
    public static double Peak(IEnumerable<int> processes) => processes.Sum(process => Of(process, "VmHWM:"));

    /// <summary>What there is now.</summary>
    public static double Resident(IEnumerable<int> processes) => processes.Sum(process => Of(process, "VmRSS:"));

    private static double Of(int process, string name)
    {
        try
        {
            // "VmHWM:   123456 kB": https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
