using System.Text.RegularExpressions;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>A page of the documentation: any Markdown file of the repository.</summary>
/// <param name="Name">From the root of the repository, as in <c>docs/aspire.md</c>.</param>
internal sealed partial record Page(string Name)
{
    private static readonly string[] Elsewhere = [".git", ".mom", "bin", "obj", "node_modules"];

    public static IReadOnlyList<Page> All { get; } =
        [.. Files(Repository.Root, "*.md").Select(path => new Page(Path.GetRelativePath(Repository.Root, path))).OrderBy(page => page.Name, StringComparer.Ordinal)];

    public string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, Name));

    /// <summary>The folder that its links start from.</summary>
    public string Folder => Path.GetDirectoryName(Path.Combine(Repository.Root, Name))!;

    /// <summary>Its code blocks of one language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Block().Matches(Text).Where(match => string.Equals(match.Groups["language"].Value, language, StringComparison.Ordinal)).Select(match => match.Groups["code"].Value);

    /// <summary>The targets of its links and pictures, those in code left out.</summary>
    public IEnumerable<string> Links() => Link().Matches(Code().Replace(Block().Replace(Text, string.Empty), string.Empty)).Select(match => match.Groups["target"].Value);

    /// <summary>The names by which links reach its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors() => Heading().Matches(Block().Replace(Text, string.Empty))
        .Select(match => NotInAnchor().Replace(match.Groups["title"].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    public override string ToString() => Name;

    /// <summary>Files below a folder, without what is built or installed.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { AttributesToSkip = FileAttributes.System })
            .Concat(Directory.EnumerateDirectories(folder).Where(each => !Elsewhere.Contains(Path.GetFileName(each), StringComparer.Ordinal)).SelectMany(each => Files(each, pattern)));

    [GeneratedRegex("^```(?<language>\\w*)\n(?<code>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1_000)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.None, 1_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1_000)]
    private static partial Regex NotInAnchor();
}
