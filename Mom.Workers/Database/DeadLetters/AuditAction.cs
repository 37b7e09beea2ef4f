namespace Mom.Workers.Database.DeadLetters;

/// <summary>What can happen to a dead letter.</summary>
internal static class AuditAction
{
    public const string Ingested = "ingested";
    public const string DiedAgain = "died-again";
    public const string Replayed = "replayed";
    public const string Edited = "edited";
    public const string Discarded = "discarded";
}
