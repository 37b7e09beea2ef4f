using System.Globalization;

namespace Mom.LocalHost.Servers;

/// <summary>Finds the server programs that are installed: Debian's places first, then Homebrew's, then PATH.</summary>
internal static class InstalledPrograms
{
    private static readonly string[] Homebrew = ["/opt/homebrew", "/usr/local"];

    /// <summary>Not the wrapper on Debian's PATH: that one changes user.</summary>
    public static string RabbitMqServer =>
        First("rabbitmq-server", ["/usr/lib/rabbitmq/bin", .. Homebrew.Select(root => $"{root}/opt/rabbitmq/sbin")]);

    public static string Epmd => First("epmd", [.. Homebrew.Select(root => $"{root}/opt/erlang/bin")]);

    public static string RedisServer => First("redis-server", []);

    /// <summary>For the database's screen; <see langword="null"/> when it is not installed.</summary>
    public static string? Php => Find("php", []);

    /// <summary>For the cache's screen; <see langword="null"/> when it is not installed.</summary>
    public static string? Node => Find("node", [.. Homebrew.Select(root => $"{root}/bin")]);

    /// <summary>The directory with <c>postgres</c> and <c>initdb</c>: of the version asked for, otherwise of the newest.</summary>
    /// <param name="version">Major version, such as "15".</param>
    public static string PostgresBin(string? version)
    {
        var debian = Versions("/usr/lib/postgresql", "*");
        var homebrew = Homebrew.SelectMany(root => Versions($"{root}/opt", "postgresql@*"));
        var all = debian.Concat(homebrew).ToList();
        var fitting = version is null ? all : [.. all.Where(bin => VersionOf(bin) == version)];
        return fitting.FirstOrDefault()
            ?? (version is not null && all.Count > 0
                ? throw new LocalHostException($"The database files are of Postgres {version}, but only Postgres {VersionOf(all[0])} is installed. Install {version}, or start anew with: ./mom reset")
                : Path.GetDirectoryName(First("postgres", []))!);
    }

    private static IEnumerable<string> Versions(string directory, string pattern) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory, pattern)
            .Select(path => Path.Combine(path, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => double.TryParse(VersionOf(bin), CultureInfo.InvariantCulture, out var number) ? number : 0)
        : [];

    // /usr/lib/postgresql/15/bin and /opt/homebrew/opt/postgresql@15/bin
    private static string VersionOf(string bin) => Path.GetFileName(Path.GetDirectoryName(bin)!).Split('@')[^1];

    private static string First(string program, IReadOnlyList<string> places) =>
        Find(program, places) ?? throw new LocalHostException($"{program} is not installed. ./mom up installs it, ./mom doctor tells how to do it by hand.");

    private static string? Find(string program, IReadOnlyList<string> places)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries);
        return places.Concat(path).Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"])
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
    }
}
