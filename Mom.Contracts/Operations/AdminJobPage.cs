using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The answer to <see cref="ListAllJobs"/>.</summary>
/// <param name="Total">How many match on all pages together.</param>
[Message("job.list-all-reply.v1")]
public sealed record AdminJobPage(IReadOnlyList<AdminJob> Jobs, int Total);
