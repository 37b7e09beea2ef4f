using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>
/// Accept a job and start it. Sending it twice with the same <paramref name="JobId"/> makes one job and gives the same answer;
/// the same id with other operations is refused with <see cref="JobErrors.IdempotencyConflict"/>.
/// </summary>
/// <param name="JobId">Chosen by the sender.</param>
/// <param name="UserId">Whose job it is.</param>
/// <param name="RunAt">Not before this time; <see langword="null"/>, or a time that has passed meanwhile, for at once.</param>
/// <param name="Unique">With a job of the same user that holds this key, that job is the answer, and none is made.</param>
/// <param name="Priority">Before which other jobs it comes.</param>
[Message("job.create.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record CreateJob(
    Guid JobId,
    Guid UserId,
    string Type,
    IReadOnlyList<Operation> Operations,
    DateTimeOffset? RunAt = null,
    UniqueJob? Unique = null,
    JobPriority Priority = JobPriority.Normal) : IRequest<Job>;

/// <summary>One operation that somebody orders.</summary>
/// <param name="Method">See <see cref="MathMethods"/>.</param>
/// <param name="Numbers">Strings, so that they are exact at any size.</param>
public sealed record Operation(string Method, IReadOnlyList<string> Numbers);
