using System.Globalization;
using Mom.Bench.Scenarios;

namespace Mom.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Scenarios">In the order of the catalogue; all of them when none was named.</param>
/// <param name="Rounds">Rounds that count, 1 to 100.</param>
/// <param name="Json">JSON in place of the table.</param>
internal sealed record BenchOptions(IReadOnlyList<Scenario> Scenarios, int Rounds, bool Json)
{
    /// <summary>The name of the benchmark of the whole system, which is no scenario of a queue.</summary>
    public const string WholeSystem = "system";

    /// <summary>The name of the benchmark of many connections to the socket, likewise.</summary>
    public const string IdleSockets = "sockets";

    /// <summary>Whether many connections are measured, too.</summary>
    public bool Sockets { get; init; }

    /// <summary>Whether the whole system is measured, too.</summary>
    public bool System { get; init; }

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
        var all = ScenarioCatalog.All();
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
                    throw new UsageException($"There is no benchmark '{name}'. There are: {string.Join(", ", all.Select(scenario => scenario.Name))}, {WholeSystem}, {IdleSockets}, capacity.");
            }
        }

        var chosen = all.Where(scenario => wanted.Count == 0 || wanted.Contains(scenario.Name));
        return new BenchOptions([.. peers ? chosen : chosen.Select(scenario => scenario.WithoutPeers())], rounds ?? (quick ? 3 : 5), json)
        {
            System = wanted.Count == 0 || wanted.Contains(WholeSystem),
            Sockets = wanted.Count == 0 || wanted.Contains(IdleSockets),
            Quick = quick,
            Peers = peers,
            File = file,
        };

        bool IsName(string name) => name is WholeSystem or IdleSockets || all.Any(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));
    }
}
