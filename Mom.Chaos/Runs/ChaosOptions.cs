using System.Globalization;
using Mom.Chaos.Faults;

namespace Mom.Chaos.Runs;

/// <summary>What <c>./mom chaos</c> was asked for.</summary>
/// <param name="Length">How long the load runs.</param>
/// <param name="Faults">Which faults may strike.</param>
/// <param name="Seed">Decides when which fault strikes, and what the load asks for.</param>
/// <param name="Rate">Requests each second, 0.1 to 1000.</param>
/// <param name="Json">Whether the ledger is printed as JSON.</param>
internal sealed record ChaosOptions(TimeSpan Length, IReadOnlyList<Fault> Faults, int Seed, double Rate, bool Json)
{
    /// <exception cref="ArgumentException">The arguments make no sense.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions(TimeSpan.FromMinutes(2), FaultTable.Possible, Environment.TickCount, 10, Json: false);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--json" => options with { Json = true },
                "--minutes" => options with { Length = TimeSpan.FromMinutes(Number(name, rest, 0.1, 1440)) },
                "--seed" => options with { Seed = (int)Number(name, rest, int.MinValue, int.MaxValue) },
                "--rate" => options with { Rate = Number(name, rest, 0.1, 1000) },
                "--faults" => options with { Faults = FaultTable.Named(Value(name, rest).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) },
                _ => throw new ArgumentException($"chaos has no option {name}: see ./mom help chaos", nameof(arguments)),
            };
        }

        return options.Faults.Count > 0 ? options : throw new ArgumentException("--faults needs at least one name", nameof(arguments));
    }

    private static string Value(string name, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new ArgumentException($"{name} needs a value: see ./mom help chaos", nameof(rest));

    private static double Number(string name, Queue<string> rest, double least, double most) =>
        double.TryParse(Value(name, rest), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least} to {most}"), nameof(rest));
}
