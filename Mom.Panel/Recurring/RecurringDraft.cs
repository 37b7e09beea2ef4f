using Mom.Contracts.Recurring;
using Mom.Panel.Jobs;

namespace Mom.Panel.Recurring;

/// <summary>A recurring job that is being edited.</summary>
public sealed class RecurringDraft
{
    private (RecurringJobBody Body, string Key)? _sent;

    public string Name { get; set; } = "";

    public RecurrencePreset Preset { get; set; } = RecurrencePreset.Daily;

    /// <summary>The time of day, as the browser writes it.</summary>
    public string Time { get; set; } = "08:00";

    /// <summary>For <see cref="RecurrencePreset.Own"/>.</summary>
    public string Cron { get; set; } = "*/15 * * * *";

    /// <summary>IANA name. That of the browser, once it has said which.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>What is done each time.</summary>
    public JobDraft Job { get; } = new();

    public string? NameError =>
        string.IsNullOrWhiteSpace(Name) ? "Give it a name." : Name.Length > RecurringLimits.NameLength ? $"At most {RecurringLimits.NameLength} characters." : null;

    public string? TimeError => Preset.HasTime() && Preset.Cron(Time, Cron) is null ? "Choose a time." : null;

    public string? CronError => Preset is RecurrencePreset.Own && !Recurrence.IsCron(Cron.Trim()) ? Recurrence.CronRule : null;

    public string? TimeZoneError => Recurrence.IsTimeZone(TimeZone) ? null : Recurrence.TimeZoneRule;

    /// <summary>Whether all of it is right but the operations.</summary>
    public bool IsValid => (NameError ?? TimeError ?? CronError ?? TimeZoneError) is null;

    /// <summary>The next times at which it would be due, by the clocks of its zone; none while it is not known.</summary>
    public IReadOnlyList<DateTimeOffset> Next(DateTimeOffset now, int count) =>
        Recurrence.TryParse(Preset.Cron(Time, Cron), TimeZone, out var recurrence) ? [.. recurrence.Next(now, count)] : [];

    /// <summary>What to send, and the idempotency key to send it with: the same as long as the draft is the same.</summary>
    public (RecurringJobBody Body, string Key) ToOrder(DateTimeOffset now)
    {
        var (job, key) = Job.ToOrder(now);
        var body = new RecurringJobBody(Name.Trim(), Preset.Cron(Time, Cron), TimeZone);
        if (_sent is not { } sent || sent.Body != body || !sent.Key.EndsWith(key, StringComparison.Ordinal))
            _sent = sent = (body, $"{Guid.NewGuid()}/{key}");
        return (body with { Job = job }, sent.Key);
    }

    public void Clear()
    {
        Name = "";
        Job.Clear();
        _sent = null;
    }
}
