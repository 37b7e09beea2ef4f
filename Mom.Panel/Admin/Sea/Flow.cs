using System.Globalization;

namespace Mom.Panel.Admin.Sea;

/// <summary>Messages that travel along an edge of the picture.</summary>
/// <param name="Path">Of the edge, in the notation of SVG.</param>
/// <param name="Tone"><c>request</c>, <c>deferred</c> or <c>event</c>.</param>
/// <param name="Rate">Messages per second.</param>
internal sealed record Flow(string Path, string Tone, double Rate)
{
    private const int MostDots = 8;
    private const double Travel = 3;
    private const double Shortest = 1.8;
    private const double Longest = 9;

    // What changes by little looks the same: an animation that is changed starts anew.
    private static readonly double[] Levels = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

    /// <summary>The rate that is shown, one of some steps.</summary>
    public double Level => Rate <= 0.02 ? 0 : Levels.Where(level => level <= Rate * 1.25).Append(Levels[1]).Max();

    /// <summary>How many dots are on the way at once.</summary>
    public int Dots => Level <= 0 ? 0 : Math.Clamp((int)Math.Round(Level * Travel), 1, MostDots);

    /// <summary>How long a dot travels, in seconds: as many arrive in a second as messages do, as long as they can be told apart.</summary>
    public double Seconds => Level <= 0 ? 0 : Math.Clamp(Dots / Level, Shortest, Longest);

    /// <summary>How many messages one dot stands for.</summary>
    public double Each => Level <= 0 ? 0 : Math.Max(1, Level * Seconds / Dots);

    /// <summary>The style of a dot.</summary>
    /// <param name="number">From 0.</param>
    public string Style(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"offset-path:path('{Path}');animation-duration:{Seconds:0.##}s;animation-delay:-{Seconds * number / Math.Max(1, Dots):0.##}s");
}
