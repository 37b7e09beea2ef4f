using System.Globalization;
using Mom.Bench.Scenarios;

namespace Mom.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Scenarios">In the order of the catalogue; all of them when none was named.</param>
/// <param name="Rounds">Rounds that count, 1 to 100.</param>
/// <param name="Json">JSON in place of the table.</param>
internal sealed record BenchOptions(IReadOnlyList<Scenario> Scenarios, int Rounds, bool Json)
{
    /// <summary>The names of the benchmarks of the whole system, which are no scenarios of a queue.</summary>
    public const string WholeSystem = "system", IdleSockets = "sockets", Growth = "growth", Soak = "soak";

    private static readonly string[] Whole = [WholeSystem, IdleSockets, Growth, Soak];

    /// <summary>The benchmarks of the whole system that are wanted, by name.</summary>
    public IReadOnlySet<string> OfTheSystem { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Fewer and shorter repetitions: 3, where <c>--rounds</c> says nothing else.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether MassTransit and Wolverine take part; false for the engine beside the raw client alone, in less than half the time.</summary>
    public bool Peers { get; init; } = true;

    /// <summary>The file that the JSON is written to, beside the table; <see langword="null"/> for the output.</summary>
    public string? File { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It makes no sense; the message says what would.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        // All of it in twelve minutes at most: to fill a queue of a million takes two of them.
        var all = arguments.Contains("--quick", StringComparer.Ordinal) ? ScenarioCatalog.All(deep: 100_000) : ScenarioCatalog.All();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var (rounds, json, quick, peers) = ((int?)null, false, false, true);
        string? file = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    json = true;
                    // What is neither an option nor a benchmark is the name of a file.
                    if (i + 1 < arguments.Count && arguments[i + 1] is not ['-', ..] && !IsName(arguments[i + 1]))
                    {
                        file = arguments[++i];
                    }

                    break;
                case "--no-peers":
                    peers = false;
                    break;
                case "--quick":
                    quick = true;
                    break;
                case "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var wantedRounds) && wantedRounds is >= 1 and <= 100:
                    rounds = wantedRounds;
                    i++;
                    break;
                case "--rounds":
                    throw new UsageException("--rounds needs a number from 1 to 100.");
                case ['-', ..] option:
                    throw new UsageException($"bench has no option {option}: see ./mom help bench");
                case var name when IsName(name):
                    wanted.Add(name);
                    break;
                case var name:
                    throw new UsageException($"There is no benchmark '{name}'. There are: {string.Join(", ", [.. all.Select(scenario => scenario.Name), .. Whole])}, capacity.");
            }
        }

        var chosen = all.Where(scenario => wanted.Count == 0 || wanted.Contains(scenario.Name));
        return new BenchOptions([.. peers ? chosen : chosen.Select(scenario => scenario.WithoutPeers())], rounds ?? (quick ? 3 : 5), json)
        {
            OfTheSystem = wanted.Count == 0 ? Whole.ToHashSet(StringComparer.Ordinal) : Whole.Where(wanted.Contains).ToHashSet(StringComparer.Ordinal),
            Quick = quick,
            Peers = peers,
            File = file,
        };

        bool IsName(string name) => Whole.Contains(name, StringComparer.Ordinal) || all.Any(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));
    }
}
