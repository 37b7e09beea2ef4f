using System.Globalization;
using System.Text.RegularExpressions;

namespace Mom.Panel.Recurring;

/// <summary>The usual ways in which a job recurs, so that nobody has to write a cron expression.</summary>
public enum RecurrencePreset
{
    Hourly,
    Daily,
    Weekdays,
    Own,
}

/// <summary>Cron expressions of presets, and their words.</summary>
public static partial class RecurrencePresets
{
    public static IReadOnlyList<RecurrencePreset> All { get; } = [RecurrencePreset.Hourly, RecurrencePreset.Daily, RecurrencePreset.Weekdays, RecurrencePreset.Own];

    public static string Label(this RecurrencePreset preset) => preset switch
    {
        RecurrencePreset.Hourly => "Every hour",
        RecurrencePreset.Daily => "Each day at",
        RecurrencePreset.Weekdays => "Monday to Friday at",
        _ => "A cron expression of my own",
    };

    /// <summary>Whether a time of day belongs to it.</summary>
    public static bool HasTime(this RecurrencePreset preset) => preset is RecurrencePreset.Daily or RecurrencePreset.Weekdays;

    /// <param name="time">The time of day as the browser writes it (<c>08:00</c>).</param>
    /// <param name="own">The expression of <see cref="RecurrencePreset.Own"/>.</param>
    /// <returns>The cron expression; <see langword="null"/> while the time is none.</returns>
    public static string? Cron(this RecurrencePreset preset, string time, string own) => preset switch
    {
        RecurrencePreset.Hourly => "0 * * * *",
        RecurrencePreset.Own => own.Trim(),
        _ => TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? string.Create(CultureInfo.InvariantCulture, $"{at.Minute} {at.Hour} * * {(preset is RecurrencePreset.Weekdays ? "1-5" : "*")}")
            : null,
    };

    /// <summary>A cron expression in words, when it is one of a preset.</summary>
    public static string? Words(string cron)
    {
        if (cron is "0 * * * *")
            return "Every hour";

        var match = AtATime().Match(cron);
        return match.Success
            ? string.Create(CultureInfo.InvariantCulture, $"{(match.Groups["days"].Value is "*" ? "Each day" : "Monday to Friday")} at {int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture):00}:{int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture):00}")
            : null;
    }

    [GeneratedRegex(@"^(?<minute>\d{1,2}) (?<hour>\d{1,2}) \* \* (?<days>\*|1-5)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AtATime();
}
