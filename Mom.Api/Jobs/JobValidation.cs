using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>The rules for the body of a job. A zero divisor passes them: the math service refuses it, and the job fails.</summary>
internal static class JobValidation
{
    /// <summary>What is said of a time that has passed.</summary>
    public const string Passed = "The time has passed. Leave it out to start the job at once.";

    // Clocks differ, and a request takes its time.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>Whether the job is to run at a time so long past that it is a mistake.</summary>
    public static bool HasPassed(CreateJobBody body, DateTimeOffset now) => RunAtSyntax.TryRead(body.RunAt, out var runAt) && runAt < now - ClockDifference;

    public static void Check(CreateJobBody body, DateTimeOffset now, FieldErrors errors)
    {
        errors.Require(
            RunAtSyntax.TryRead(body.RunAt, out var runAt),
            "runAt",
            "A time is written as 2027-01-31T08:00:00Z or 2027-01-31T08:00:00+01:00 (ISO 8601 with the offset from UTC).");
        errors.Require(runAt is null || runAt <= now.AddDays(JobLimits.DaysAhead), "runAt", $"A job can be scheduled at most {JobLimits.DaysAhead} days ahead.");
        JobOrderValidation.Check(body, errors);
        var type = JobTypes.Find(body.Type);
        errors.Require(type is not null, "type", $"The type of a job is one of: {JobTypes.Names}.");
        if (body.Details is not { Count: > 0 and <= JobLimits.Operations } details)
        {
            errors.Add("details", $"A job has 1 to {JobLimits.Operations} operations.");
            return;
        }

        // What an operation holds depends on the type.
        for (var i = 0; i < details.Count && type is not null; i++)
        {
            Check(type, details[i], $"details[{i}]", errors);
        }

        if (type is not null)
        {
            OperationGraph.Check(type, details, errors);
        }
    }

    private static void Check(JobType type, CreateJobDetail? detail, string field, FieldErrors errors)
    {
        if (detail is null)
        {
            errors.Add(field, "An operation has a method and what it is given.");
            return;
        }

        errors.Require(
            type.Methods.Contains(detail.Method, StringComparer.Ordinal),
            $"{field}.method",
            $"The method is one of: {string.Join(", ", type.Methods)}.");
        OperationInputs.Check(type, detail, field, errors);
    }
}
