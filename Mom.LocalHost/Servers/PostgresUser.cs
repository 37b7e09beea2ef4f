using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Servers;

/// <summary>Postgres refuses to run as root, so there it runs as the user that its package has made.</summary>
internal static class PostgresUser
{
    private const string Name = "postgres";

    public static bool IsNeeded => Environment.IsPrivilegedProcess;

    /// <summary>The command, under the right user. setpriv becomes the program, so pid and signals are the program's own.</summary>
    public static ProcessSpec Run(string program, IReadOnlyList<string> arguments) => IsNeeded
        ? new ProcessSpec("setpriv", [$"--reuid={Name}", $"--regid={Name}", "--init-groups", program, .. arguments])
        : new ProcessSpec(program, arguments);

    /// <summary>The command that gives a directory to that user.</summary>
    public static ProcessSpec Own(string directory) => new("chown", ["-R", $"{Name}:{Name}", directory]);

    /// <summary>Whether that user may pass through every directory above the path.</summary>
    public static bool CanReach(string path)
    {
        for (var directory = new DirectoryInfo(path).Parent; directory is not null; directory = directory.Parent)
        {
            if (directory.Exists && !directory.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
