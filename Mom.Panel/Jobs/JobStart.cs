namespace Mom.Panel.Jobs;

/// <summary>The start of a job.</summary>
/// <param name="Delay">How long after it was ordered; zero is at once.</param>
/// <param name="IsOwn">Whether it is a time that the user has chosen, and not a delay.</param>
/// <param name="Text">The chosen time as the browser wrote it.</param>
/// <param name="At">The chosen time; <see langword="null"/> while it is not one.</param>
public sealed record JobStart(TimeSpan Delay, bool IsOwn = false, string Text = "", DateTimeOffset? At = null)
{
    public static readonly JobStart AtOnce = new(TimeSpan.Zero);

    public static JobStart After(TimeSpan delay) => new(delay);

    public static JobStart OwnTime(string text, DateTimeOffset? at) => new(TimeSpan.Zero, IsOwn: true, text, at);

    /// <summary>What is wrong with it, as a sentence; <see langword="null"/> when nothing is.</summary>
    public string? Check(DateTimeOffset now) =>
        !IsOwn ? null
        : At is not { } at ? "Choose a date and a time."
        : at < now ? "This time has passed."
        : at > now.AddDays(Contracts.Jobs.JobLimits.DaysAhead) ? "At most a year ahead."
        : null;

    /// <returns>The moment; <see langword="null"/> for at once.</returns>
    public DateTimeOffset? From(DateTimeOffset now) => IsOwn ? At : Delay == TimeSpan.Zero ? null : now + Delay;
}
