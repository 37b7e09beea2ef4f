using System.Reflection;
using System.Text.RegularExpressions;
using Mom.Chaos.Faults;
using Mom.Chaos.Runs;
using Mom.Testing;

namespace Mom.Tests.Unit.Chaos;

/// <summary><c>docs/nothing-is-lost.md</c> names only what exists.</summary>
[Trait("Group", "unit")]
public sealed partial class NothingIsLostPageTests
{
    private const int Cluster = 26;
    private const int Patience = 1_000;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "nothing-is-lost.md"));

    private static readonly HashSet<string> Tests = [.. typeof(NothingIsLostPageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public).Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => $"{type.Name}.{method.Name}"))];

    private static IEnumerable<string[]> Faults => Page.Split('\n').Where(line => FaultRow().IsMatch(line)).Select(line => line.Split('|')[1..^1]);

    [Fact]
    public void Every_fault_has_a_row_and_every_row_a_fault_or_a_test()
    {
        Assert.Equal([.. Enumerable.Range(1, 36).Where(number => number != Cluster).Select(number => $"F{number}")], Faults.Select(row => row[0].Trim()));
        Assert.All(Faults, row => Assert.True(Code().IsMatch(row[2] + row[3]), $"{row[0]}has neither a fault nor a test."));
    }

    [Fact]
    public void Every_fault_that_can_strike_is_there_and_no_other() => Assert.Equal(
        FaultTable.All.Select(fault => fault.Name).Order(StringComparer.Ordinal),
        Faults.SelectMany(row => Names(row[2])).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var named = Names(Page).Where(name => TestName().IsMatch(name)).ToList();
        Assert.Equal(named.Count, Page.Split('\n').Sum(line => Regex.Count(line, "Tests\\.")));
        Assert.All(named, name => Assert.True(Tests.Contains(name), $"There is no test {name}."));
    }

    [Fact]
    public void Every_command_is_understood() => Assert.All(
        Command().Matches(Page).Select(match => match.Groups["arguments"].Value.Replace("NAME", FaultTable.All[0].Name, StringComparison.Ordinal)),
        arguments => ChaosOptions.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string> Names(string text) => Code().Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\| F\d+ \|", RegexOptions.None, Patience)]
    private static partial Regex FaultRow();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.None, Patience)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\w+Tests\.\w+$", RegexOptions.None, Patience)]
    private static partial Regex TestName();

    [GeneratedRegex(@"\./mom chaos (?<arguments>[^`#\n]*)", RegexOptions.None, Patience)]
    private static partial Regex Command();
}
