namespace Mom.Messaging.Envelopes;

/// <summary>The headers that this engine writes.</summary>
public static class MessageHeaders
{
    /// <summary>Which attempt the next delivery is, from 1; a message without it is at its first.</summary>
    public const string Attempt = "mom-attempt";

    /// <summary>When the message failed for the first time (ISO 8601).</summary>
    public const string FirstFailedAt = "mom-first-failed-at";

    /// <summary>When it failed last (ISO 8601).</summary>
    public const string LastFailedAt = "mom-last-failed-at";

    /// <summary>The queue in which it failed.</summary>
    public const string OriginQueue = "mom-origin-queue";

    /// <summary>Why a dead letter is one; see <see cref="Retries.DeadLetterReason"/>.</summary>
    public const string DeadReason = "mom-dead-reason";

    /// <summary>The full name of the exception's type.</summary>
    public const string ExceptionType = "mom-exception-type";

    /// <summary>The exception's message, at most 1,024 characters.</summary>
    public const string ExceptionMessage = "mom-exception-message";

    /// <summary>The exception with its stack, at most 8,192 characters.</summary>
    public const string ExceptionStack = "mom-exception-stack";

    /// <summary>How often a consumer went away while it handled this message, and few or no others; see <see cref="Retries.DeadLetterReason.CrashedTooOften"/>.</summary>
    public const string Crashes = "mom-crashes";

    /// <summary>Until when the sender of a request waits for the reply, in milliseconds since 1970 (UTC).</summary>
    public const string Deadline = "mom-deadline";
}
