using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>Answer of <c>POST /job</c> when nobody has taken the job yet.</summary>
/// <param name="Confirmed">
/// Whether the broker has confirmed the job: then it is safe. If not, it may or may not have arrived: look at <paramref name="Location"/>, and
/// if there is no job some time later send it again, with the same <c>Idempotency-Key</c> where there was one.
/// </param>
internal sealed record AcceptedJob(Guid Id, JobStatus Status, string Location, bool Confirmed);
