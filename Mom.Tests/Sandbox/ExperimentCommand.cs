using System.Text.RegularExpressions;
using Mom.Testing;

namespace Mom.Tests.Sandbox;

/// <summary>A line such as <c>dotnet run sandbox/redis/pub-sub/publish.cs "Hi"   # in another</c>.</summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="Arguments">Without their quotes.</param>
internal sealed partial record ExperimentCommand(string File, IReadOnlyList<string> Arguments)
{
    public static ExperimentCommand Parse(string line)
    {
        var words = Words().Matches(line.Split(" #")[0]).Select(match => match.Value.Trim('"')).ToList();
        Assert.True(words is ["dotnet", "run", _, ..], $"'{line}' should be: dotnet run FILE [ARGUMENT]...");
        return new(words[2], words[3..]);
    }

    public string Path => System.IO.Path.Combine(Repository.Root, File);

    public string Source => System.IO.File.ReadAllText(Path);

    /// <summary>Whether it goes on until it is told to end; the first line of the file says so.</summary>
    public bool IsEndless => Source.Split('\n')[0].Contains("until Ctrl+C", StringComparison.Ordinal);

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+", RegexOptions.None, 1_000)]
    private static partial Regex Words();
}
