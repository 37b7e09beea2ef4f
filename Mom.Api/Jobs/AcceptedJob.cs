using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>Answer of <c>POST /job</c> when the job is safe with the broker but nobody has taken it yet.</summary>
internal sealed record AcceptedJob(Guid Id, JobStatus Status, string Location);
