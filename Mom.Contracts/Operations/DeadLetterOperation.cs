using System.Text.Json.Serialization;
using Mom.Contracts.Json;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>An order for many dead letters, and how far it is.</summary>
/// <param name="DryRun">Nothing was done, this is what would have been.</param>
/// <param name="Total">Dead letters that matched when the operation began; later ones are not included.</param>
/// <param name="Done">Dead letters that were replayed or discarded.</param>
/// <param name="Skipped">Dead letters that could not be, or that were replayed or discarded by others meanwhile.</param>
/// <param name="LastSkip">Why the last one was skipped.</param>
/// <param name="FinishedAt"><see langword="null"/> while it is under way.</param>
/// <param name="Groups">What matched, by queue and type; only in the answer to the order.</param>
[Message("dead-letter.operation.v1")]
public sealed record DeadLetterOperation(
    Guid Id,
    DeadLetterOperationKind Kind,
    DeadLetterFilter Filter,
    bool DryRun,
    int PerSecond,
    string? Reason,
    string By,
    int Total,
    int Done,
    int Skipped,
    string? LastSkip,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<DeadLetterGroup>? Groups = null);

/// <summary>What is done to many dead letters; in lower case on every wire.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<DeadLetterOperationKind>))]
public enum DeadLetterOperationKind
{
    /// <summary>Send them to their queues once more.</summary>
    Replay,

    /// <summary>Give them up.</summary>
    Discard,
}

/// <summary>The number of matching dead letters of one kind.</summary>
public sealed record DeadLetterGroup(string Queue, string Type, int Count);
