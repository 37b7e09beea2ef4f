using System.Net;

namespace Mom.Chaos.Load;

/// <summary>What a client learnt from one request.</summary>
/// <param name="Status">The status; <see langword="null"/> when there was no answer: refused, broken off, too late.</param>
/// <param name="Body">The body, empty without an answer.</param>
internal sealed record Answer(HttpStatusCode? Status, string Body)
{
    public static Answer None { get; } = new(null, string.Empty);

    /// <summary>Whether to ask again makes sense: the system is in trouble, not the request.</summary>
    public bool IsTrouble => Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
