using System.Reflection;
using System.Text.RegularExpressions;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>The table at the end of <c>docs/messaging.md</c> names tests; each of them must be one.</summary>
[Trait("Group", "unit")]
public sealed partial class ClaimTests
{
    public static TheoryData<string> Names =>
        [.. TestName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "messaging.md"))).Select(name => name.Groups["name"].Value)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_test_that_the_documentation_names_exists(string name)
    {
        var dot = name.LastIndexOf('.');
        var method = typeof(ClaimTests).Assembly.GetType($"Mom.Tests.{name[..dot]}")?.GetMethod(name[(dot + 1)..]);
        // A theory is a fact with data.
        Assert.True(method?.GetCustomAttribute<FactAttribute>() is not null, $"docs/messaging.md names the test {name}, and there is none.");
    }

    [GeneratedRegex(@"`(?<name>(\w+\.)+\w+Tests\.\w+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TestName();
}
