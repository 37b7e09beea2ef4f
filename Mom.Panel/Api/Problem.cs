namespace Mom.Panel.Api;

/// <summary>An error as the API tells it (RFC 9457), with the trace id and the errors of fields that ASP.NET Core adds.</summary>
internal sealed record Problem(
    string? Title = null,
    string? Detail = null,
    string? TraceId = null,
    Dictionary<string, string[]>? Errors = null);
