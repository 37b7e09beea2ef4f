using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>
/// One page of the user's jobs, kept fresh by events. Events and answers of the API overtake each other: of two states of a job
/// the newer wins (<see cref="Job.IsNewerThan"/>), wherever it came from and whatever the clocks of the workers say.
/// </summary>
public sealed class JobBoard
{
    private readonly Dictionary<Guid, Job> _newest = [];
    private readonly List<Job> _jobs = [];

    /// <summary>The query of the last <see cref="Show"/>.</summary>
    public JobQuery Query { get; private set; } = new();

    /// <summary>The jobs of this page, in the order of the query.</summary>
    public IReadOnlyList<Job> Jobs => _jobs;

    /// <summary>How many jobs match on all pages together.</summary>
    public int Total { get; private set; }

    /// <summary>How many pages there are, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + JobQuery.PageSize - 1) / JobQuery.PageSize);

    /// <summary>Shows what the API answered.</summary>
    public void Show(JobQuery query, JobPage page)
    {
        Query = query;
        Total = page.Total;
        _jobs.Clear();
        _jobs.AddRange(page.Jobs.Select(Newest));

        var listed = _jobs.Select(job => job.Id).ToHashSet();
        foreach (var id in _newest.Keys.Where(id => !listed.Contains(id)).ToList())
            _newest.Remove(id);
        foreach (var job in _jobs)
            _newest[job.Id] = job;
    }

    /// <summary>Applies the state of a job from an event.</summary>
    /// <returns>Whether the page must be read again, because the job may have entered or left it.</returns>
    public bool Apply(Job job)
    {
        if (!ReferenceEquals(Newest(job), job))
            return false;

        _newest[job.Id] = job;
        var index = _jobs.FindIndex(listed => listed.Id == job.Id);
        if (index >= 0)
        {
            _jobs[index] = job;
            return (Query.Status is { } status && status != job.Status) || Query.Sort is JobSort.Changed or JobSort.State;
        }

        if (Query.Sort is not JobSort.Newest)
            return true;

        // Ordered by age, an older job that changes is on some other page and stays there.
        var isNew = _jobs.Count == 0 || job.CreatedAt > _jobs[0].CreatedAt;
        if (Query.IsFiltered || !isNew || Query.Page > 1)
            return Query.IsFiltered || isNew;

        _jobs.Insert(0, job);
        Total++;
        if (_jobs.Count > JobQuery.PageSize)
            _jobs.RemoveAt(JobQuery.PageSize);
        return false;
    }

    private Job Newest(Job job) =>
        _newest.TryGetValue(job.Id, out var known) && known.IsNewerThan(job) ? known : job;
}
