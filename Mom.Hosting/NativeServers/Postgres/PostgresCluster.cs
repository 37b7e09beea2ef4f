using System.Security.Cryptography;
using System.Text;
using Mom.Hosting.NativeServers.Processes;

namespace Mom.Hosting.NativeServers.Postgres;

/// <summary>The files of the database: made once by <c>initdb</c>, kept between runs.</summary>
internal sealed class PostgresCluster(string server, string home)
{
    /// <summary>The directory that <c>postgres</c> is started with.</summary>
    public string Data { get; } = Path.Combine(home, "data");

    /// <summary>The directory with <c>postgres</c> and <c>initdb</c>: of the version of the files, otherwise of the newest.</summary>
    /// <exception cref="DistributedApplicationException">The files are of a version that is not installed.</exception>
    public string Programs
    {
        get
        {
            var installed = InstalledProgram.PostgresDirectories().ToList();
            if (installed.Count == 0)
                return Path.GetDirectoryName(InstalledProgram.Postgres.Path)!;

            return Version is not { } version
                ? installed[0]
                : installed.Find(directory => string.Equals(InstalledProgram.PostgresVersion(directory), version, StringComparison.Ordinal))
                    ?? throw new DistributedApplicationException(
                        $"The data of {server} in {Data} are of Postgres {version}, but only Postgres "
                        + $"{string.Join(" and ", installed.Select(InstalledProgram.PostgresVersion))} is installed. Install {version}, or move that "
                        + "directory away to start with an empty database.");
        }
    }

    private string? Version => Path.Combine(Data, "PG_VERSION") is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    // Sorts by code point and still knows upper and lower case of all letters.
    private static string Locale => OperatingSystem.IsLinux() ? "C.UTF-8" : "en_US.UTF-8";

    /// <summary>The wanted directory or, when the user <c>postgres</c> cannot get there, one below <c>/var/tmp</c>.</summary>
    public static string HomeFor(string wanted) => !PostgresUser.IsNeeded || PostgresUser.CanReach(wanted)
        ? wanted
        : $"/var/tmp/postgres-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12]}";

    /// <exception cref="DistributedApplicationException"><c>initdb</c> failed; the message holds what it wrote.</exception>
    public void Ensure(string user, string password)
    {
        Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Version is not null)
            return;

        // Made beside its place and moved there when whole: an interrupted first start leaves nothing half made.
        var fresh = Data + ".new";
        var passwordFile = Path.Combine(home, "password");
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        try
        {
            PrivateFile.Write(passwordFile, password);
            if (PostgresUser.IsNeeded)
                Demand("chown", PostgresUser.Own(home));
            Demand(
                Path.Combine(Programs, "initdb"),
                ["-D", fresh, "-U", user, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8", $"--locale={Locale}"],
                PostgresUser.Prefix);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(fresh, Data);
    }

    private void Demand(string program, IEnumerable<string> arguments, params IReadOnlyList<string> prefix)
    {
        string[] line = [.. prefix, program, .. arguments];
        var (code, output) = Tool.Run(line[0], line[1..]);
        if (code != 0)
            throw new DistributedApplicationException($"The database files of {server} could not be made in {home}: {Path.GetFileName(program)} ended with {code}: {output.Trim()}");
    }
}
