using Cronos;

namespace Mom.Contracts.Recurring;

/// <summary>
/// The moments at which a recurring job is due: a cron expression of five fields (minute, hour, day of the month, month, day of the week) by the clocks of
/// a time zone. Pure: it looks at no clock.
/// </summary>
/// <remarks>
/// The day on which clocks change is as Cronos has it (https://github.com/HangfireIO/Cronos#working-with-time-zones): a time that the clocks skip is made up for at the moment
/// they jump; of a time that they show twice the first counts, and both do for a job that is due at intervals, such as every half hour.
/// </remarks>
public sealed class Recurrence
{
    /// <summary>What is said of an expression that is none.</summary>
    public const string CronRule = "When it is due is written as a cron expression of five fields: minute, hour, day of the month, month, day of the week; such as '0 8 * * 1-5' for 8:00 from Monday to Friday.";

    /// <summary>What is said of a zone that is not known.</summary>
    public const string TimeZoneRule = "A time zone has an IANA name, such as 'Europe/Ljubljana' or 'UTC'.";

    /// <summary>What is said of an expression that no day fulfils.</summary>
    public const string NeverRule = "It would never be due: there is no such day.";

    private const int LongestText = 200;

    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;

    private Recurrence(CronExpression cron, TimeZoneInfo zone) => (_cron, _zone) = (cron, zone);

    /// <summary>Reads both texts.</summary>
    /// <returns>Whether both are right; what is wrong is told apart by <see cref="IsCron"/> and <see cref="IsTimeZone"/>.</returns>
    public static bool TryParse(string? cron, string? timeZone, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Recurrence? recurrence)
    {
        recurrence = Cron(cron) is { } expression && Zone(timeZone) is { } zone ? new Recurrence(expression, zone) : null;
        return recurrence is not null;
    }

    /// <summary>Whether a text is a cron expression of five fields.</summary>
    public static bool IsCron(string? cron) => Cron(cron) is not null;

    /// <summary>Whether a text is the IANA name of a time zone that is known here.</summary>
    public static bool IsTimeZone(string? timeZone) => Zone(timeZone) is not null;

    /// <summary>The first moment after <paramref name="moment"/> at which it is due, in UTC; <see langword="null"/> when it never is again.</summary>
    public DateTimeOffset? After(DateTimeOffset moment) => _cron.GetNextOccurrence(moment, _zone)?.ToUniversalTime();

    /// <summary>The next moments after <paramref name="moment"/>, in the zone.</summary>
    /// <param name="count">At most so many.</param>
    public IEnumerable<DateTimeOffset> Next(DateTimeOffset moment, int count)
    {
        for (var i = 0; i < count && After(moment) is { } next; i++)
        {
            yield return TimeZoneInfo.ConvertTime(moment = next, _zone);
        }
    }

    // Cronos also knows names such as @daily, of which one is each second; and H, a moment of its own choice, which needs a seed.
    private static CronExpression? Cron(string? text) =>
        text is { Length: <= LongestText }
        && text.All(char.IsAscii)
        && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 5
        && !text.Replace("THU", "", StringComparison.OrdinalIgnoreCase).Contains('H', StringComparison.OrdinalIgnoreCase)
        && CronExpression.TryParse(text, CronFormat.Standard, out var cron)
            ? cron
            : null;

    // An IANA name means the same on every machine; .NET also takes those of Windows, and whatever stands in a file of the machine's zones.
    private static TimeZoneInfo? Zone(string? text) =>
        text is { Length: <= LongestText } && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId ? zone : null;
}
