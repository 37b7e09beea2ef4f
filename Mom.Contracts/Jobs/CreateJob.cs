using System.Text.Json.Serialization;
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
/// <param name="Method">One of the methods of the job's type.</param>
/// <param name="Numbers">
/// What it is given: numbers, as strings, so that they are exact at any size; or the one text of a job of type <c>text</c>. In a graph <c>$id</c> is the result of
/// another operation.
/// </param>
/// <param name="Id">By what other operations of the job name it.</param>
/// <param name="After">
/// Ids of operations that it comes after. <see langword="null"/> in a plain list, where each comes after the one before; in a graph no operation is without, and
/// an empty list means at once.
/// </param>
/// <param name="When"><see cref="JobConditions.Failed"/>, or <see langword="null"/> for the common case.</param>
/// <param name="Compensates">The id of an operation that it undoes when the job fails.</param>
public sealed record Operation(
    string Method,
    IReadOnlyList<string> Numbers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? After = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? When = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Compensates = null);
