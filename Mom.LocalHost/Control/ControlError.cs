namespace Mom.LocalHost.Control;

/// <summary>Why the host did not do what it was asked for.</summary>
/// <param name="Message">One sentence for the person who asked.</param>
/// <param name="Log">The log that may tell more.</param>
internal sealed record ControlError(string Message, string? Log);
