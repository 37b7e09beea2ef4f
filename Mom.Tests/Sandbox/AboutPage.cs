using System.Text.RegularExpressions;

namespace Mom.Tests.Sandbox;

/// <summary>An <c>about.md</c> of the sandbox: the commands that it tells to run, and what is to be seen then.</summary>
/// <param name="Commands">In their order.</param>
/// <param name="Output">Lines; <c>…</c> stands for any text.</param>
internal sealed record AboutPage(IReadOnlyList<ExperimentCommand> Commands, IReadOnlyList<string> Output)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    public static AboutPage Read(string path)
    {
        var text = File.ReadAllText(path);
        return new(
            [.. Block(text, "bash", path).Select(ExperimentCommand.Parse)],
            [.. Block(text, "text", path)]);
    }

    /// <summary>The first line that none of the lines of output is.</summary>
    public string? FirstMissing(IEnumerable<string> output)
    {
        var lines = output.ToList();
        return Output.FirstOrDefault(expected => !lines.Any(line => Regex.IsMatch(line, $"^{Regex.Escape(expected).Replace("…", ".*", StringComparison.Ordinal)}$", RegexOptions.None, MatchTimeout)));
    }

    private static string[] Block(string text, string language, string path)
    {
        var parts = text.Split($"```{language}\n");
        Assert.True(parts.Length == 2, $"{path} should have one block of {language}: the commands are in one of bash, and what is to be seen in one of text.");
        return parts[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
