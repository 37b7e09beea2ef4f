using System.Globalization;
using Mom.Bench.Scenarios;

namespace Mom.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Scenarios">In the order of the catalogue; all of them when none was named.</param>
/// <param name="Rounds">Rounds that count, 1 to 100.</param>
/// <param name="Json">JSON in place of the table.</param>
internal sealed record BenchOptions(IReadOnlyList<Scenario> Scenarios, int Rounds, bool Json)
{
    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It makes no sense; the message says what would.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var all = ScenarioCatalog.All();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var (rounds, json) = (5, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= 100:
                    i++;
                    break;
                case "--rounds":
                    throw new UsageException("--rounds needs a number from 1 to 100.");
                case ['-', ..] option:
                    throw new UsageException($"bench has no option {option}: see ./mom help bench");
                case var name when all.Any(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal)):
                    wanted.Add(name);
                    break;
                case var name:
                    throw new UsageException($"There is no benchmark '{name}'. There are: {string.Join(", ", all.Select(scenario => scenario.Name))}, capacity.");
            }
        }

        return new BenchOptions([.. all.Where(scenario => wanted.Count == 0 || wanted.Contains(scenario.Name))], rounds, json);
    }
}
