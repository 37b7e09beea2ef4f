using System.Globalization;

namespace Mom.Hosting.NativeServers.Processes;

/// <summary>Finds the processes of a server by the directory that they work in: its data directory, which is nobody else's.</summary>
/// <remarks>
/// Ids in files outlive their processes and are given to others; variables are lost where a server writes its title over them, as Postgres
/// and Redis do. The working directory stays, in children too.
/// </remarks>
internal static class WorkingDirectories
{
    /// <summary>The living processes that work in the directory or below it, without this one.</summary>
    public static IReadOnlyList<int> ProcessesIn(string directory)
    {
        var all = OperatingSystem.IsLinux() ? FromProc() : FromLsof();
        var below = directory + Path.DirectorySeparatorChar;
        return [.. all
            .Where(one => one.Id != Environment.ProcessId
                && (one.Directory.Equals(directory, StringComparison.Ordinal) || one.Directory.StartsWith(below, StringComparison.Ordinal)))
            .Select(one => one.Id)];
    }

    private static IEnumerable<(int Id, string Directory)> FromProc()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id))
                continue;

            string? directory;
            try
            {
                // Of a process that has ended, and waits for its parent to ask how, there is no directory.
                directory = File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (directory is not null)
                yield return (id, directory);
        }
    }

    // A line "p123" for each process, and after it "n/its/working/directory".
    private static IEnumerable<(int Id, string Directory)> FromLsof()
    {
        var id = 0;
        foreach (var line in Tool.Run("lsof", ["-a", "-d", "cwd", "-F", "pn"]).Output.Split('\n'))
        {
            if (line.StartsWith('p'))
                id = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
            else if (line.StartsWith('n'))
                yield return (id, line[1..]);
        }
    }
}
