namespace Mom.Messaging.Retries;

/// <summary>Why a message became a dead letter.</summary>
public enum DeadLetterReason
{
    /// <summary>Its last attempt failed.</summary>
    AttemptsExhausted,

    /// <summary>Its handler, or the failure policy of its consumer, said that it can never succeed.</summary>
    PermanentFailure,

    /// <summary>Its body cannot be read.</summary>
    MalformedBody,

    /// <summary>Its type or version is not known here.</summary>
    UnknownType,

    /// <summary>Each time it was being handled alone, the process that handled it was lost.</summary>
    CrashedTooOften,

    /// <summary>It could not be sent on to its next attempt in any form.</summary>
    CannotBeSent,

    /// <summary>It was not sent by a broker user that may send it, or it asked for its reply to be sent to a queue that is not its sender's.</summary>
    SenderRefused,

    /// <summary>It became a dead letter again and again, without a person who replayed it.</summary>
    DiedTooOften,
}
