namespace Mom.Chaos.Bookkeeping;

/// <summary>One event that a client received over its socket.</summary>
/// <param name="Receiver">E-mail of the user who received it.</param>
/// <param name="Marker">The first number of the job's first operation.</param>
/// <param name="IsEnd">Whether it told the end of the job.</param>
public sealed record PushFact(string Receiver, long Marker, bool IsEnd);
