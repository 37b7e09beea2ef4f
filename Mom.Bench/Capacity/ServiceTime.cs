namespace Mom.Bench.Capacity;

/// <summary>How long handlers take, in seconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Draw">A service time from a random number between 0 and 1.</param>
internal sealed record ServiceTime(double Mean, Func<double, double> Draw)
{
    /// <summary>Mostly short, sometimes long: as good a guess as any for work on a database.</summary>
    public static ServiceTime Exponential(double mean) => new(mean, random => -Math.Log(1 - random) * mean);

    /// <summary>Anything up to <paramref name="longest"/>, as the math service answers.</summary>
    public static ServiceTime Uniform(double longest) => new(longest / 2, random => random * longest);
}
