namespace Mom.Chaos.Bookkeeping;

/// <summary>One fault that struck.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trouble">What went wrong with the fault itself; <see langword="null"/> when it struck and was undone as intended.</param>
public sealed record FaultFact(string Name, string? Trouble);
