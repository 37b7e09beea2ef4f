using System.Globalization;

namespace Mom.Hosting.Restarts;

/// <summary>The states that a resource has between its runs, beside those of <see cref="KnownResourceStates"/>.</summary>
public static class RestartStates
{
    /// <summary>It ended too often, and is started again only by a person.</summary>
    public const string GaveUp = "Gave up";

    private const string RestartingIn = "Restarting in ";

    /// <summary>Whether the resource has ended and is about to be started again.</summary>
    public static bool IsRestarting(string? state) => state?.StartsWith(RestartingIn, StringComparison.Ordinal) is true;

    internal static ResourceStateSnapshot Restarting(TimeSpan delay) => new(RestartingIn + Seconds(delay), KnownResourceStateStyles.Warn);

    internal static ResourceStateSnapshot Given { get; } = new(GaveUp, KnownResourceStateStyles.Error);

    internal static string Seconds(TimeSpan delay) => string.Create(CultureInfo.InvariantCulture, $"{delay.TotalSeconds:0.#} s");
}
