using System.Globalization;

namespace Mom.Hosting.NativeServers;

/// <summary>A program of a server, looked for in Debian's places first, then in Homebrew's, then on PATH.</summary>
/// <param name="Name">The program, as in <c>redis-server</c>.</param>
/// <param name="DebianPackage">The package that has it on Debian and Ubuntu.</param>
/// <param name="HomebrewPackage">The package that has it on macOS.</param>
/// <param name="Path">Where it is; <see langword="null"/> when it is not installed.</param>
internal sealed record InstalledProgram(string Name, string DebianPackage, string HomebrewPackage, string? Path)
{
    private static readonly string[] Homebrew = ["/opt/homebrew", "/usr/local"];

    /// <summary>Not the wrapper on Debian's PATH: that one changes user.</summary>
    public static InstalledProgram RabbitMQServer
        => Find("rabbitmq-server", "rabbitmq-server", "rabbitmq", ["/usr/lib/rabbitmq/bin", .. Homebrew.Select(root => $"{root}/opt/rabbitmq/sbin")]);

    /// <summary>Erlang's port mapper.</summary>
    public static InstalledProgram Epmd
        => Find("epmd", "rabbitmq-server", "rabbitmq", [.. Homebrew.Select(root => $"{root}/opt/erlang/bin")]);

    public static InstalledProgram RedisServer => Find("redis-server", "redis-server", "redis", []);

    /// <summary>The newest Postgres that is installed.</summary>
    public static InstalledProgram Postgres
        => Find("postgres", "postgresql", "postgresql@17", [.. PostgresDirectories()]);

    /// <summary>What to say when programs are not there.</summary>
    public static string Explain(IReadOnlyList<InstalledProgram> missing)
    {
        var install = OperatingSystem.IsMacOS()
            ? "brew install " + string.Join(' ', missing.Select(program => program.HomebrewPackage).Distinct(StringComparer.Ordinal))
            : "apt-get install " + string.Join(' ', missing.Select(program => program.DebianPackage).Distinct(StringComparer.Ordinal));
        return $"Not installed: {string.Join(", ", missing.Select(program => program.Name))}. Install with: {install}";
    }

    /// <summary>The directories that have <c>postgres</c> and <c>initdb</c>, the newest version first.</summary>
    public static IEnumerable<string> PostgresDirectories()
        => Versions("/usr/lib/postgresql", "*").Concat(Homebrew.SelectMany(root => Versions($"{root}/opt", "postgresql@*")));

    /// <summary>The major version of such a directory: 15 for <c>/usr/lib/postgresql/15/bin</c> and <c>/opt/homebrew/opt/postgresql@15/bin</c>.</summary>
    public static string PostgresVersion(string directory)
        => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(directory)!).Split('@')[^1];

    public static string? PathOf(string program, params IEnumerable<string> places)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries);
        return places.Concat(path).Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"])
            .Select(directory => System.IO.Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
    }

    private static InstalledProgram Find(string name, string debian, string homebrew, IEnumerable<string> places)
        => new(name, debian, homebrew, PathOf(name, places));

    private static IEnumerable<string> Versions(string directory, string pattern) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory, pattern)
            .Select(path => System.IO.Path.Combine(path, "bin"))
            .Where(bin => File.Exists(System.IO.Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => double.TryParse(PostgresVersion(bin), CultureInfo.InvariantCulture, out var number) ? number : 0)
        : [];
}
