using Mom.Hosting.NativeServers.Postgres;
using Mom.Hosting.NativeServers.Processes;

namespace Mom.Chaos.Faults;

/// <summary>
/// A disk without room: the tables that grow with each job are moved to a tablespace on a small disk in memory, and the rest of that
/// disk is filled. What fits into pages that exist is still written; a new page is refused with SQLSTATE 53100.
/// </summary>
internal static class FullDisk
{
    private const string Tablespace = "full_disk";
    private const int Page = 4096;
    private static readonly string[] Tables = ["jobs", "job_steps", "notifications", "outbox", "inbox"];

    /// <summary>What is not here and would have to be; <see langword="null"/> when nothing is.</summary>
    public static string? Needs => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "root on Linux, to mount a small disk";

    public static async Task FillAsync(Ground ground)
    {
        var disk = Disk(ground);
        var data = Path.Combine(disk, "data");
        // Left by a run that was killed.
        _ = Tool.Run("umount", [disk]);
        Directory.CreateDirectory(disk);
        Run("mount", "-t", "tmpfs", "-o", "size=64m,mode=0755", "tmpfs", disk);
        Directory.CreateDirectory(data);
        Run("chown", [.. PostgresUser.Own(data)]);
        await DatabaseStatements.ExecuteAsync(ground.System, [$"create tablespace {Tablespace} location '{data}'", .. MovesTo(Tablespace)]);
        Fill(Ballast(disk));
    }

    public static async Task EmptyAsync(Ground ground)
    {
        var disk = Disk(ground);
        File.Delete(Ballast(disk));
        await DatabaseStatements.ExecuteAsync(ground.System, [.. MovesTo("pg_default"), $"drop tablespace if exists {Tablespace}"]);
        Run("umount", disk);
        Directory.Delete(disk);
    }

    // Where Postgres' own user may go.
    private static string Disk(Ground ground) => $"/var/tmp/mom-{ground.System.Name}-full-disk";

    private static string Ballast(string disk) => Path.Combine(disk, "ballast");

    private static IEnumerable<string> MovesTo(string tablespace) => Tables.Select(table => $"alter table {table} set tablespace {tablespace}");

    private static void Fill(string file)
    {
        var page = new byte[Page];
        using var ballast = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                ballast.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static void Run(string program, params IReadOnlyList<string> arguments)
    {
        if (Tool.Run(program, arguments) is (not 0, var output))
        {
            throw new InvalidOperationException($"{program} failed: {output}");
        }
    }
}
