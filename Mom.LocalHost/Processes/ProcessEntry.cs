using System.Globalization;

namespace Mom.LocalHost.Processes;

/// <summary>One process as the kernel shows it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Parent">Process id of the parent.</param>
/// <param name="Group">Process group.</param>
/// <param name="Session">Session.</param>
/// <param name="State">One letter: R, S, D, T (stopped), Z (zombie: dead, not yet collected by its parent).</param>
/// <param name="Started">When it started, in clock ticks since boot: with the pid it names a process for good.</param>
internal sealed record ProcessEntry(int Pid, int Parent, int Group, int Session, char State, string Started)
{
    public bool IsAlive => State is not ('Z' or 'X');

    /// <summary>
    /// Reads <c>/proc/PID/stat</c> (proc(5)), for example <c>42 (tmux: server) S 1 42 42 0 ...</c>. The name may itself hold
    /// spaces and parentheses, so what follows is counted from the last closing one.
    /// </summary>
    public static ProcessEntry? Parse(string stat)
    {
        var nameStart = stat.IndexOf('(', StringComparison.Ordinal);
        var nameEnd = stat.LastIndexOf(')');
        if (nameStart < 1 || nameEnd < nameStart)
            return null;

        var rest = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return rest.Length < 20
            ? null
            : new ProcessEntry(Number(stat[..nameStart]), Number(rest[1]), Number(rest[2]), Number(rest[3]), rest[0][0], rest[19]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
