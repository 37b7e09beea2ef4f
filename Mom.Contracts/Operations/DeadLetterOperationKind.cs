using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Operations;

/// <summary>What is done to many dead letters; in lower case on every wire.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<DeadLetterOperationKind>))]
public enum DeadLetterOperationKind
{
    /// <summary>Send them to their queues once more.</summary>
    Replay,

    /// <summary>Give them up.</summary>
    Discard,
}
