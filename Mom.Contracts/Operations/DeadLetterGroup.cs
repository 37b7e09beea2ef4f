namespace Mom.Contracts.Operations;

/// <summary>How many of the letters that match are of one kind.</summary>
public sealed record DeadLetterGroup(string Queue, string Type, int Count);
