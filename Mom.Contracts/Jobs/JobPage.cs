using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>The answer to <see cref="ListJobs"/>.</summary>
/// <param name="Total">How many jobs match on all pages together.</param>
[Message("job.list-reply.v1")]
public sealed record JobPage(IReadOnlyList<Job> Jobs, int Total);
