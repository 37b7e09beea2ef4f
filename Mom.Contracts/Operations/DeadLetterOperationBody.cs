namespace Mom.Contracts.Operations;

/// <summary>Body of <c>POST /admin/dead-letters/operations</c>.</summary>
/// <param name="Kind"><c>replay</c> or <c>discard</c>.</param>
/// <param name="Filter">Which letters; those that were decided on already are left alone.</param>
/// <param name="DryRun">Only say what would be done. Default true.</param>
/// <param name="PerSecond">Letters per second at most, 1 to 1,000. Default 50.</param>
/// <param name="Reason">For the audit; needed to discard.</param>
public sealed record DeadLetterOperationBody(
    DeadLetterOperationKind? Kind = null,
    DeadLetterFilter? Filter = null,
    bool DryRun = true,
    int PerSecond = 50,
    string? Reason = null);
