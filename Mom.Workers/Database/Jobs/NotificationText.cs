using Mom.Contracts.Jobs;

namespace Mom.Workers.Database.Jobs;

/// <summary>What a user is told of the end of a job: which one it was, and what came of it.</summary>
internal static class NotificationText
{
    private const int Named = 3;

    /// <param name="job">One that has succeeded or failed.</param>
    public static string Of(Job job)
    {
        var operations = string.Join(" · ", job.Details.Take(Named).Select(detail => Expression.Solved(detail)));
        if (job.Details.Count > Named)
        {
            operations = $"{operations} · {job.Details.Count - Named} more";
        }

        return job.Status == JobStatus.Succeeded ? operations : $"Failed: {operations}. {job.Error}";
    }
}
