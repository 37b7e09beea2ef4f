namespace Mom.Tests.Support;

/// <summary>One span as a service has exported it.</summary>
/// <param name="Service">The service that made it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id, 16 hexadecimal digits.</param>
/// <param name="Parent">The id of the span that it is part of; <see langword="null"/> or empty for the root.</param>
/// <param name="Attributes">Its attributes as text.</param>
internal sealed record TelemetrySpan(string Service, string Name, string Id, string? Parent, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The id of its trace, 32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    public bool IsRoot => string.IsNullOrEmpty(Parent);
}
