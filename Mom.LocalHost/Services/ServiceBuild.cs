using System.Globalization;

namespace Mom.LocalHost.Services;

/// <summary>
/// The built files of a project and the copy of them that runs. A build overwrites its output in place, and a running process
/// has that very file mapped into memory: it would read a mixture of old and new, or die of SIGBUS. So processes run from a
/// copy that nobody writes to, one for each build, and a restart takes the newest.
/// </summary>
internal sealed class ServiceBuild(LocalSystemOptions options, string runDirectory, string project)
{
    private static readonly Lock Copying = new();

    private string Output => Path.Combine(options.RepositoryRoot, project, "bin", options.Configuration, "net10.0");

    /// <summary>The assembly as the build makes it.</summary>
    public string Assembly => Path.Combine(Output, project + ".dll");

    /// <summary>Copies the newest build, if that was not done yet.</summary>
    /// <returns>The assembly to run.</returns>
    public string Take()
    {
        var copy = Path.Combine(runDirectory, $"{project}-{options.Configuration}-{Stamp()}");
        lock (Copying)
        {
            if (!Directory.Exists(copy))
            {
                var fresh = copy + ".new";
                if (Directory.Exists(fresh))
                    Directory.Delete(fresh, recursive: true);
                Copy(new DirectoryInfo(Output), fresh);
                Directory.Move(fresh, copy);
            }
        }

        return Path.Combine(copy, project + ".dll");
    }

    /// <summary>Deletes the copies of older builds. Nothing may run from them any more.</summary>
    public void Prune()
    {
        var current = $"{project}-{options.Configuration}-{Stamp()}";
        var copies = new DirectoryInfo(runDirectory).EnumerateDirectories($"{project}-*");
        foreach (var old in copies.Where(copy => copy.Name != current))
            old.Delete(recursive: true);
    }

    // The newest file of the build stands for the build.
    private string Stamp() => new DirectoryInfo(Output).EnumerateFiles()
        .Max(file => file.LastWriteTimeUtc.Ticks)
        .ToString("x", CultureInfo.InvariantCulture);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var directory in from.EnumerateDirectories())
            Copy(directory, Path.Combine(to, directory.Name));
    }
}
