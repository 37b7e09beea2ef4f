using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Operations;

/// <summary>A message that could not be handled, in a list.</summary>
/// <param name="Id">Ascending in the order of arrival.</param>
/// <param name="Queue">The work queue in which it failed, and to which a replay sends it.</param>
/// <param name="Type">Its wire name; empty when it had none.</param>
/// <param name="Reason">Such as <c>AttemptsExhausted</c> or <c>MalformedBody</c>.</param>
/// <param name="Attempts">How often it was handled before it died the last time.</param>
/// <param name="Deaths">How often it died: more than once when replays did not help.</param>
/// <param name="TraceId">The trace in which it failed.</param>
public sealed record DeadLetter(
    long Id,
    string Queue,
    Guid MessageId,
    string Type,
    int Priority,
    DeadLetterState State,
    string Reason,
    string? ExceptionType,
    string? ExceptionMessage,
    int Attempts,
    int Deaths,
    DateTimeOffset SentAt,
    DateTimeOffset FirstFailedAt,
    DateTimeOffset LastFailedAt,
    string? TraceId);

/// <summary>What has become of a dead letter; in lower case on every wire.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<DeadLetterState>))]
public enum DeadLetterState
{
    /// <summary>Waits for a person to decide.</summary>
    Dead,

    /// <summary>Was sent to its queue once more. If it fails there again, it is <see cref="Dead"/> again.</summary>
    Replayed,

    /// <summary>Somebody decided that it is not worth anything any more.</summary>
    Discarded,
}
