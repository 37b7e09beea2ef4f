namespace Mom.Hosting.NativeServers.Postgres;

/// <summary>Postgres refuses to run as root, so there it runs as the user that its package has made.</summary>
internal static class PostgresUser
{
    private const string Name = "postgres";

    public static bool IsNeeded => Environment.IsPrivilegedProcess;

    /// <summary>What stands before a command line so that it runs as that user. setpriv becomes the program: signals reach the program itself.</summary>
    public static IReadOnlyList<string> Prefix => IsNeeded ? ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups"] : [];

    /// <summary>The arguments of <c>chown</c> that give a directory to that user.</summary>
    public static IReadOnlyList<string> Own(string directory) => ["-R", $"{Name}:{Name}", directory];

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
