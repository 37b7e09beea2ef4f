using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Jobs of all users, with their owners.</summary>
internal sealed class AdminJobs(MomDbContext database)
{
    public async Task<AdminJob?> FindAsync(Guid jobId, CancellationToken cancellationToken) =>
        (await ReadAsync(database.Jobs.Where(job => job.Id == jobId), cancellationToken)).SingleOrDefault();

    /// <summary>The jobs of a query, in its order.</summary>
    public async Task<IReadOnlyList<AdminJob>> ReadAsync(IQueryable<JobRow> query, CancellationToken cancellationToken)
    {
        var jobs = await query.AsNoTracking().Include(job => job.Steps).AsSplitQuery().ToListAsync(cancellationToken);
        var owners = jobs.Select(job => job.UserId).Distinct().ToList();
        var emails = await database.Users.AsNoTracking().Where(user => owners.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        return [.. jobs.Select(job => new AdminJob(job.ToContract(), job.UserId, emails[job.UserId], job.Reconciliations, job.ReconciledAt))];
    }
}
