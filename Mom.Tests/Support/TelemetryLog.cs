namespace Mom.Tests.Support;

/// <summary>One log entry as the dashboard keeps it.</summary>
/// <param name="Service">The service that wrote it.</param>
/// <param name="Text">What it says.</param>
/// <param name="TraceId">The trace that it was written in.</param>
internal sealed record TelemetryLog(string Service, string Text, string? TraceId);
