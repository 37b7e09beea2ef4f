using System.Diagnostics;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>A copy of the parts of the repository that a page of the documentation changes, with those changes, built.</summary>
internal sealed class TutorialCopy
{
    private static readonly string[] Projects =
    [
        "Mom.Api", "Mom.Contracts", "Mom.Messaging", "Mom.Messaging.Abstractions", "Mom.Messaging.EntityFrameworkCore", "Mom.ServiceDefaults",
        "Mom.Sessions", "Mom.Workers",
    ];

    private static readonly string[] Settings = [".editorconfig", "Directory.Build.props", "Directory.Packages.props", "eng/Package.props", "global.json"];

    private readonly string _root = Path.Combine(Repository.Root, ".mom", "tests-tutorial");

    public static async Task<TutorialCopy> BuildAsync(string page)
    {
        var copy = new TutorialCopy();
        copy.Copy();
        Tutorial.Apply(Path.Combine(Repository.Root, "docs", page), copy._root);
        await copy.BuildAsync("Mom.Workers", "Mom.Api");
        return copy;
    }

    /// <summary>Starts a worker of the copy.</summary>
    public Process StartWorker(IReadOnlyDictionary<string, string> environment) =>
        Start(environment, Path.Combine(_root, "Mom.Workers", "bin", "Debug", "net10.0", "Mom.Workers.dll"));

    private void Copy()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }

        foreach (var path in Settings.Concat(Projects.SelectMany(FilesOf)))
        {
            var target = Path.Combine(_root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, path), target);
        }
    }

    private static IEnumerable<string> FilesOf(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => path.Split(Path.DirectorySeparatorChar)[1] is not ("bin" or "obj"));

    // By one solution: what both need is built once.
    private async Task BuildAsync(params string[] projects)
    {
        var solution = Path.Combine(_root, "Copy.slnx");
        await File.WriteAllTextAsync(solution, $"<Solution>{string.Concat(projects.Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");
        // No compiler may stay behind that holds on to the output. The analyzers take as long as the compiler, and the rest of it has passed them.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1" };
        using var build = Start(environment, "build", solution, "--configuration", "Debug", "-nologo", "-v", "q", "-p:RunAnalyzers=false");
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, $"The code of the page should build:\n{output}");
    }

    private static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
