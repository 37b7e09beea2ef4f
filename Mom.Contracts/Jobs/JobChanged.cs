using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>A job was accepted, went on, or ended. The same body may come twice, and an older one after a newer one: the one with the higher <c>version</c> of the job is the newer.</summary>
/// <param name="UserId">Whose job it is, and who is told.</param>
[Message("job.changed.v1", Topic = "job.changed", Priority = MessagePriority.Normal, Mandatory = false)]
public sealed record JobChanged(Guid UserId, Job Job);
