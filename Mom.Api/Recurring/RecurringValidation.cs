using Mom.Api.Jobs;
using Mom.Api.Requests;
using Mom.Contracts.Recurring;

namespace Mom.Api.Recurring;

/// <summary>The rules for the body of a recurring job.</summary>
internal static class RecurringValidation
{
    public static void Check(RecurringJobBody body, DateTimeOffset now, FieldErrors errors)
    {
        errors.Require(
            body.Name is { Length: <= RecurringLimits.NameLength } name && !string.IsNullOrWhiteSpace(name),
            "name",
            $"A name is 1 to {RecurringLimits.NameLength} characters.");
        errors.Require(Recurrence.IsCron(body.Cron), "cron", Recurrence.CronRule);
        errors.Require(Recurrence.IsTimeZone(ZoneOf(body)), "timeZone", Recurrence.TimeZoneRule);
        errors.Require(!Recurrence.TryParse(body.Cron, ZoneOf(body), out var recurrence) || recurrence.After(now) is not null, "cron", Recurrence.NeverRule);
        if (body.Job is not { } job)
        {
            errors.Add("job", "What is to be done each time is a body of POST /job.");
            return;
        }

        errors.Require(job.RunAt is null, "job.runAt", "When it is due says the cron expression.");
        var ofJob = new FieldErrors();
        JobValidation.Check(job with { RunAt = null }, now, ofJob);
        errors.AddOf("job.", ofJob);
    }

    public static string ZoneOf(RecurringJobBody body) => body.TimeZone ?? "UTC";
}
