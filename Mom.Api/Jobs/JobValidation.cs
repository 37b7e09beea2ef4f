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
        errors.Require(string.Equals(body.Type, MathMethods.JobType, StringComparison.Ordinal), "type", $"The type of a job is '{MathMethods.JobType}'.");
        JobOrderValidation.Check(body, errors);
        if (body.Details is not { Count: > 0 and <= JobLimits.Operations } details)
        {
            errors.Add("details", $"A job has 1 to {JobLimits.Operations} operations.");
            return;
        }

        for (var i = 0; i < details.Count; i++)
        {
            Check(details[i], $"details[{i}]", errors);
        }
    }

    private static void Check(CreateJobDetail? detail, string field, FieldErrors errors)
    {
        if (detail is null)
        {
            errors.Add(field, "An operation has a method and numbers.");
            return;
        }

        errors.Require(
            MathMethods.All.Contains(detail.Method, StringComparer.Ordinal),
            $"{field}.method",
            $"The method is one of: {string.Join(", ", MathMethods.All)}.");
        if (detail.Numbers is not { Count: > 0 and <= JobLimits.NumbersPerOperation } numbers)
        {
            errors.Add($"{field}.numbers", $"An operation has 1 to {JobLimits.NumbersPerOperation} numbers.");
            return;
        }

        errors.Require(
            numbers.Sum(number => number.Length + 1) <= JobLimits.CharactersPerOperation,
            $"{field}.numbers",
            $"The numbers of an operation are at most {JobLimits.CharactersPerOperation:N0} characters together.");
        var integersOnly = string.Equals(detail.Method, "factors", StringComparison.Ordinal);
        for (var i = 0; i < numbers.Count; i++)
        {
            errors.Require(
                NumberSyntax.IsNumber(numbers[i], integersOnly),
                $"{field}.numbers[{i}]",
                integersOnly ? "Factors are of whole numbers, such as 360." : $"A number is written as 1, -2 or 3.75, with at most {JobLimits.DigitsPerNumber:N0} digits.");
            errors.Require(
                !integersOnly || numbers[i].TrimStart('-').TrimStart('0').Length <= JobLimits.DigitsToFactor,
                $"{field}.numbers[{i}]",
                $"A number to be factored has at most {JobLimits.DigitsToFactor} digits.");
        }
    }
}
