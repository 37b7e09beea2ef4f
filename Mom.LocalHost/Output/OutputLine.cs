namespace Mom.LocalHost.Output;

/// <summary>A line that a process wrote.</summary>
/// <param name="Resource">The resource it belongs to.</param>
/// <param name="Replica">1 for the first.</param>
/// <param name="Text">The line, without its end.</param>
public readonly record struct OutputLine(string Resource, int Replica, string Text);
