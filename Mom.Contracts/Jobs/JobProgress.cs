namespace Mom.Contracts.Jobs;

/// <summary>How far a job is, in operations.</summary>
public sealed record JobProgress(int Completed, int Total);
