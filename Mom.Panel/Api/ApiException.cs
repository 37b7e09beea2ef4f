using System.Net;

namespace Mom.Panel.Api;

/// <summary>The API refused something, or did not answer. <see cref="Exception.Message"/> is a sentence for the user.</summary>
public sealed class ApiException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary><see langword="null"/> when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Errors by field of the body; empty for any other refusal.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>The id of the trace of the request (W3C, 32 hex digits).</summary>
    public string? TraceId { get; init; }
}
