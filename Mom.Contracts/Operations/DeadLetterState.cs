using System.Text.Json.Serialization;
using Mom.Contracts.Json;

namespace Mom.Contracts.Operations;

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
