using System.Globalization;
using System.Text.RegularExpressions;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>The lines that docs/why-not.md compares are those of the programs in <c>Mom.Bench/SideBySide</c>.</summary>
[Trait("Group", "unit")]
public sealed partial class SideBySideTests
{
    private static readonly string[] Programs = ["Engine", "MassTransit", "Wolverine", "NServiceBus"];

    [Fact]
    public void The_comparison_counts_the_lines_of_the_programs()
    {
        var row = File.ReadLines(Path.Combine(Repository.Root, "docs", "why-not.md")).Single(line => line.StartsWith("| lines of code |", StringComparison.Ordinal));
        var said = row.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture));

        Assert.Equal(Programs.Select(program => Lines(program).Count), said);
    }

    [Fact]
    public void Each_program_has_the_same_messages_and_handlers()
    {
        Assert.All(Programs, program =>
        {
            var text = string.Join('\n', Lines(program));
            Assert.Equal(["AskPrice", "ChargeCard", "OrderPlaced", "PlaceOrder", "Price"], Record().Matches(text).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
            Assert.Equal(4, Handler().Count(text));
        });
    }

    // Lines that somebody writes and reads: not those that are blank, a bracket, a using, a namespace or a condition of the compiler.
    private static List<string> Lines(string program) =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "Mom.Bench", "SideBySide", program, "Shop.cs")).Where(line => !Furniture().IsMatch(line))];

    [GeneratedRegex(@"^\s*([{}();,]*|using [^(=]*;|namespace .*|#.*|//.*)\s*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Furniture();

    [GeneratedRegex(@"record (?<name>\w+)\(", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Record();

    [GeneratedRegex(@"class \w+(Handler|Consumer)\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Handler();
}
