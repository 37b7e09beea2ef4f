using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Sandbox;

/// <summary>Does what the pages of the sandbox say: runs their commands, and looks for the lines that are to be seen.</summary>
[Trait("Group", "docs")]
public sealed class SandboxTests(MomStack stack)
{
    private const int MostLines = 60;

    private static readonly string Folder = Path.Combine(Repository.Root, "sandbox");

    // The dictionary of words has no commands.
    public static TheoryData<string> Pages =>
        [.. Files("about.md").Where(page => File.ReadAllText(Path.Combine(Folder, page)).Contains("```bash", StringComparison.Ordinal))];

    public static TheoryData<string> Experiments => [.. Files("*.cs").Where(file => file.Contains('/', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_a_page_says_is_seen(string page)
    {
        var system = await stack.SystemAsync();
        var about = AboutPage.Read(Path.Combine(Folder, page));
        var output = new ExperimentOutput();
        var running = new List<RunningExperiment>();
        try
        {
            // In the order of their terminals: what waits for the others first.
            var endless = about.Commands.Where(command => command.IsEndless).ToList();
            running.AddRange(endless.Select(command => RunningExperiment.Start(command, system, output)));
            await output.UntilAsync(lines => lines.Count(line => line.StartsWith("Waiting for", StringComparison.Ordinal)) == endless.Count, () => "all should wait");
            foreach (var command in about.Commands.Except(endless))
            {
                var experiment = RunningExperiment.Start(command, system, output);
                running.Add(experiment);
                await experiment.EndedAsync();
            }

            await output.UntilAsync(lines => about.FirstMissing(lines) is null, () => $"there should be the line '{about.FirstMissing(output.Lines)}'");
        }
        finally
        {
            running.ForEach(experiment => experiment.Dispose());
        }
    }

    [Theory]
    [MemberData(nameof(Experiments))]
    public void An_experiment_is_short_says_what_it_shows_and_is_named_by_a_page(string file)
    {
        var path = Path.Combine(Folder, file);
        var lines = File.ReadAllLines(path);

        Assert.StartsWith("// ", lines[0], StringComparison.Ordinal);
        Assert.InRange(lines.Length, 1, MostLines);
        var folder = Path.GetDirectoryName(path)!;
        Assert.Contains(
            new[] { folder, Path.GetDirectoryName(folder)! }.Select(each => Path.Combine(each, "about.md")).Where(File.Exists),
            page => File.ReadAllText(page).Contains($"dotnet run sandbox/{file}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);
}
