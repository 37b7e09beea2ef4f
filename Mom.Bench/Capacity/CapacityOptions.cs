using System.Globalization;

namespace Mom.Bench.Capacity;

/// <summary>The load that capacity is calculated for.</summary>
internal sealed record CapacityOptions
{
    /// <summary>Requests per second that somebody waits for.</summary>
    public double Requests { get; init; } = 500;

    /// <summary>Messages per second for the db worker that nobody waits for.</summary>
    public double Background { get; init; } = 1_000;

    /// <summary>Milliseconds that the db worker takes for one message.</summary>
    public double ServiceMilliseconds { get; init; } = 10;

    /// <summary>Steps per second for the math worker.</summary>
    public double Steps { get; init; } = 10;

    /// <summary>Reads the command line after the word <c>capacity</c>.</summary>
    /// <exception cref="UsageException">It makes no sense; the message says what would.</exception>
    public static CapacityOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new CapacityOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            options = arguments[i] switch
            {
                "--requests" => options with { Requests = Number(arguments, i) },
                "--background" => options with { Background = Number(arguments, i) },
                "--service-ms" => options with { ServiceMilliseconds = Number(arguments, i) },
                "--steps" => options with { Steps = Number(arguments, i) },
                var other => throw new UsageException($"bench capacity has no option {other}: see ./mom help bench"),
            };
        }

        return options;
    }

    private static double Number(IReadOnlyList<string> arguments, int option) =>
        option + 1 < arguments.Count
        && double.TryParse(arguments[option + 1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= 1_000_000
            ? number
            : throw new UsageException($"{arguments[option]} needs a number above 0, at most 1000000.");
}
