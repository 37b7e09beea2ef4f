namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>What can happen to a dead letter.</summary>
public static class AuditAction
{
    /// <summary>It was stored.</summary>
    public const string Ingested = "ingested";

    /// <summary>It failed once more after a replay.</summary>
    public const string DiedAgain = "died-again";

    /// <summary>It was sent to its queue once more.</summary>
    public const string Replayed = "replayed";

    /// <summary>Somebody changed its body.</summary>
    public const string Edited = "edited";

    /// <summary>Somebody gave it up.</summary>
    public const string Discarded = "discarded";
}
