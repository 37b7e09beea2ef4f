using Mom.Api.Requests;
using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>The rules for what an operation is given, by the kind of input of its job type.</summary>
internal static class OperationInputs
{
    /// <param name="type">The job type.</param>
    /// <param name="detail">The operation.</param>
    /// <param name="field">Its path in the body.</param>
    /// <param name="errors">Where errors go.</param>
    public static void Check(JobType type, CreateJobDetail detail, string field, FieldErrors errors)
    {
        if (type.Input == JobInput.Text)
        {
            errors.Require(
                detail.Text is { Length: > 0 and <= JobLimits.CharactersPerText }, $"{field}.text", $"An operation has a text of 1 to {JobLimits.CharactersPerText:N0} characters.");
            errors.Require(detail.Numbers is null, $"{field}.numbers", $"A job of type '{type.Name}' is given a text, and no numbers.");
            return;
        }

        errors.Require(detail.Text is null, $"{field}.text", $"A job of type '{type.Name}' is given numbers, and no text.");
        CheckNumbers(detail, field, errors);
    }

    private static void CheckNumbers(CreateJobDetail detail, string field, FieldErrors errors)
    {
        if (detail.Numbers is not { Count: > 0 and <= JobLimits.NumbersPerOperation } numbers)
        {
            errors.Add($"{field}.numbers", $"An operation has 1 to {JobLimits.NumbersPerOperation} numbers.");
            return;
        }

        errors.Require(
            numbers.Sum(number => number.Length + 1) <= JobLimits.CharactersPerOperation,
            $"{field}.numbers",
            $"The numbers of an operation are at most {JobLimits.CharactersPerOperation:N0} characters together.");
        for (var i = 0; i < numbers.Count; i++)
        {
            // The results of other operations are checked when they are there.
            if (OperandSyntax.IdOf(numbers[i]) is null && NumberSyntax.Flaw(numbers[i], detail.Method) is { } flaw)
            {
                errors.Add($"{field}.numbers[{i}]", flaw);
            }
        }
    }
}
