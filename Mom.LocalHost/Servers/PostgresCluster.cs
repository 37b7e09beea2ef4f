using Mom.LocalHost.Processes;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Servers;

/// <summary>The files of the database: made once by <c>initdb</c>, kept between runs.</summary>
internal sealed class PostgresCluster(StateDirectory state, Secrets secrets)
{
    public const string User = "mom";
    public const string Database = "momdb";

    /// <summary>Under the state directory or, when the user <c>postgres</c> cannot get there, under <c>/var/tmp</c>.</summary>
    public string Data { get; } = Path.Combine(Home(state), "postgres");

    public string Bin => InstalledPrograms.PostgresBin(Version);

    private string VersionFile => Path.Combine(Data, "PG_VERSION");

    private string? Version => File.Exists(VersionFile) ? File.ReadAllText(VersionFile).Trim() : null;

    // Sorts by code point and still knows upper and lower case of all letters.
    private static string Locale => OperatingSystem.IsLinux() ? "C.UTF-8" : "en_US.UTF-8";

    private Mark Mark => new(state.Root, Unit: null);

    /// <summary>The directory that holds the data, which may be outside of the state directory: <c>reset</c> deletes it too.</summary>
    public static string Home(StateDirectory state)
    {
        var inside = Path.Combine(state.Root, "postgres");
        return !PostgresUser.IsNeeded || PostgresUser.CanReach(inside) ? inside : $"/var/tmp/mom-{state.Hash}";
    }

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (Version is not null)
            return;

        var home = Directory.CreateDirectory(Home(state), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        // Made beside its place and moved there when whole: an interrupted first start leaves nothing half made.
        var fresh = Data + ".new";
        var password = Path.Combine(home, "password");
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        try
        {
            PrivateFile.Write(password, secrets.PostgresPassword);
            if (PostgresUser.IsNeeded)
                await Command.RunAsync(PostgresUser.Own(home), Mark, cancellationToken: cancellationToken);
            await Command.RunAsync(Initdb(fresh, password), Mark, cancellationToken: cancellationToken);
            await Command.RunAsync(SingleUser(fresh), Mark, $"CREATE DATABASE {Database} OWNER {User};\n", cancellationToken);
        }
        finally
        {
            File.Delete(password);
        }

        Directory.Move(fresh, Data);
    }

    private ProcessSpec Initdb(string data, string passwordFile) => PostgresUser.Run(
        Path.Combine(Bin, "initdb"),
        ["-D", data, "-U", User, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8", $"--locale={Locale}"]);

    // The server without the network, reading SQL from its input: no port, no waiting.
    private ProcessSpec SingleUser(string data) => PostgresUser.Run(Path.Combine(Bin, "postgres"), ["--single", "-D", data, "postgres"]);
}
