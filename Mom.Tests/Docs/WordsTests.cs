using System.Text.RegularExpressions;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>Plain technical English, as CONTRIBUTING.md has it: these words have a better one there.</summary>
[Trait("Group", "docs")]
public sealed partial class WordsTests
{
    private static readonly string[] Written = ["*.md", "*.cs", "*.razor", "*.sh", "*.http", "mom"];

    // The first has them in its glossary, the second below.
    private static readonly string[] Allowed = ["CONTRIBUTING.md", "Mom.Tests/Docs/WordsTests.cs"];

    [Fact]
    public void Nobody_writes_words_that_the_glossary_refuses()
    {
        var found = Written.SelectMany(pattern => Page.Files(Repository.Root, pattern)).Select(file => Path.GetRelativePath(Repository.Root, file)).Except(Allowed)
            .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)).Select((line, index) => (Place: $"{file}:{index + 1}", Word: Refused().Match(line).Value)))
            .Where(line => line.Word.Length > 0).Select(line => $"{line.Place}: {line.Word}").ToList();
        Assert.True(found.Count == 0, $"CONTRIBUTING.md has a better word for each of these:\n{string.Join('\n', found)}");
    }

    [GeneratedRegex(@"\b(whoever|in hand|who asks|can(not)? be had|is had|failed of|wanted it|lest)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Refused();
}
