using System.Text.RegularExpressions;
using Mom.Contracts.Jobs;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>What the pages link to exists, and what they quote is code that compiles.</summary>
[Trait("Group", "docs")]
public sealed partial class PageTests
{
    // Its code is compiled as a whole, by AddAJobTypeTests.
    private const string Tutorial = "docs/add-a-job-type.md";

    private static readonly string[] Sources = ["*.cs", "*.sh", "*.razor", "*.props", "*.http", "mom"];

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_exist()
    {
        var broken = Page.All.SelectMany(page => page.Links().Where(link => !link.Contains("://", StringComparison.Ordinal) && !Exists(page, link)).Select(link => $"{page}: {link}")).ToList();
        Assert.True(broken.Count == 0, $"These links lead nowhere:\n{string.Join('\n', broken)}");
    }

    [Fact]
    public void Every_page_is_in_the_index()
    {
        var index = Page.All.Single(page => page.Name is "docs/README.md");
        var missing = Page.All.Select(page => page.Name).Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && name != index.Name).Except(index.Links().Select(link => $"docs/{link}"));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_page_that_code_names_exists()
    {
        var named = Sources.SelectMany(pattern => Page.Files(Repository.Root, pattern))
            .SelectMany(file => PageName().Matches(File.ReadAllText(file)).Select(match => (file, page: match.Value)));
        var broken = named.Where(name => !Page.All.Any(page => page.Name == name.page)).Select(name => $"{Path.GetRelativePath(Repository.Root, name.file)}: {name.page}").ToList();
        Assert.True(broken.Count == 0, $"There is no such page:\n{string.Join('\n', broken)}");
    }

    [Fact]
    public void Every_snippet_is_taken_from_code_that_compiles()
    {
        var sources = Directory.EnumerateDirectories(Repository.Root, "Mom.*").Append(Path.Combine(Repository.Root, "sandbox"))
            .SelectMany(folder => Page.Files(folder, "*.cs")).Select(file => Trimmed(File.ReadAllText(file))).ToList();
        var invented = Page.All.Where(page => page.Name is not Tutorial)
            .SelectMany(page => page.Blocks("csharp").Where(snippet => !sources.Exists(source => source.Contains(Trimmed(snippet), StringComparison.Ordinal))).Select(snippet => $"{page}:\n{snippet}"))
            .ToList();
        Assert.True(invented.Count == 0, $"These snippets are in no file of the repository; Mom.Tests/Docs/Snippets.cs is the place for what is nowhere else:\n{string.Join('\n', invented)}");
    }

    [Fact]
    public void The_states_of_a_job_are_those_of_the_code()
    {
        var rows = StateRow().Matches(Page.All.Single(page => page.Name is "docs/job-lifecycle.md").Text).Select(row => (row.Groups["name"].Value, bool.Parse(row.Groups["done"].Value)));
        Assert.Equal(Enum.GetValues<JobStatus>().Select(status => ($"{status}".ToLowerInvariant(), status.IsTerminal())).Order(), rows.Order());
    }

    [Fact]
    public void Every_ratio_of_the_comparison_is_one_of_the_benchmarks()
    {
        var measured = Page.All.Single(page => page.Name is "docs/benchmarks.md").Text;
        var compared = Ratio().Matches(Page.All.Single(page => page.Name is "docs/why-not.md").Text);
        Assert.True(compared.Count > 10, "docs/why-not.md should have ratios with their ranges.");
        Assert.Empty(compared.Where(ratio => !Regex.IsMatch(measured, $@"{ratio.Groups["median"].Value} +{ratio.Groups["range"].Value}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).Select(ratio => ratio.Value));
    }

    private static bool Exists(Page page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? Path.Combine(Repository.Root, page.Name) : Path.GetFullPath(Path.Combine(page.Folder, parts[0]));
        if (!Path.Exists(target))
        {
            return false;
        }

        return parts.Length == 1 || new Page(Path.GetRelativePath(Repository.Root, target)).Anchors().Contains(parts[1], StringComparer.Ordinal);
    }

    // However far it is indented, and with a line break at its end: the last line of a snippet is a whole one too.
    private static string Trimmed(string code) => string.Concat(code.Split('\n').Select(line => $"{line.Trim()}\n")).TrimEnd('\n') + "\n";

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| .* \| (?<done>true|false) \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex StateRow();

    [GeneratedRegex(@"(?<median>\d\.\d\d) \((?<range>\d\.\d\d-\d\.\d\d)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\bdocs/[\w-]+\.md\b", RegexOptions.None, 1_000)]
    private static partial Regex PageName();
}
