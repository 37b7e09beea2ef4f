using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker.Support;

/// <summary>Jobs in a database without a service.</summary>
internal static class TestJobs
{
    /// <summary>Adds jobs of one operation, of one user.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyList<Guid>> AddJobsAsync(this TestDatabase database, JobStatus status, int count = 1, DateTimeOffset? runAt = null)
    {
        await using var context = database.Context();
        var user = new UserRow { Id = Guid.NewGuid(), FirstName = "Ann", LastName = "Lee", Email = $"{Guid.NewGuid():N}@example.org", PasswordHash = "none", Role = "user" };
        context.Add(user);
        List<JobRow> jobs =
        [
            .. Enumerable.Range(0, count).Select(_ => new JobRow
            {
                Id = Guid.NewGuid(),
                UserId = user.Id,
                Type = "math",
                Status = status,
                RunAt = runAt,
                Steps = [new JobStepRow { Method = "add", Numbers = ["1", "1"] }],
            }),
        ];
        context.AddRange(jobs);
        await context.SaveChangesAsync();
        return [.. jobs.Select(job => job.Id)];
    }
}
