using System.Text.Json.Serialization;
using Mom.Contracts.Json;
using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>The jobs of one user.</summary>
/// <param name="Status">Only those in this state.</param>
/// <param name="Text">Only those whose id, type, methods, numbers, results or error contain this text, without regard to case.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
/// <param name="Sort">In which order.</param>
[Message("job.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListJobs(Guid UserId, JobStatus? Status, string? Text, int Page, int PageSize, JobSort Sort = JobSort.Newest) : IRequest<JobPage>;

/// <summary>The answer to <see cref="ListJobs"/>.</summary>
/// <param name="Total">How many jobs match on all pages together; 10,000 means so many or more, without a text to search for.</param>
[Message("job.list-reply.v1")]
public sealed record JobPage(IReadOnlyList<Job> Jobs, int Total);

/// <summary>Orders of a list of jobs.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<JobSort>))]
public enum JobSort
{
    /// <summary>The last created first.</summary>
    Newest,

    /// <summary>The first created first.</summary>
    Oldest,

    /// <summary>The last changed first.</summary>
    Changed,

    /// <summary>By state: what is not done before what is, and within a state the last created first.</summary>
    State,
}
