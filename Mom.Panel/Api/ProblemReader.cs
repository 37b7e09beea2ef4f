using System.Net;
using System.Text.Json;

namespace Mom.Panel.Api;

/// <summary>Makes an exception of an answer that is not a success.</summary>
internal static class ProblemReader
{
    public static async Task<ApiException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = await TryReadAsync(response.Content, cancellationToken);
        return new ApiException(Sentence(response, problem))
        {
            Status = response.StatusCode,
            TraceId = problem?.TraceId,
            Errors = problem?.Errors ?? [],
        };
    }

    private static async Task<Problem?> TryReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
            return null;

        try
        {
            return await content.ReadFromJsonAsync(ProblemJsonContext.Default.Problem, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sentence(HttpResponseMessage response, Problem? problem)
    {
        var said = problem?.Detail ?? problem?.Title;
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
        {
            var wait = response.Headers.RetryAfter?.Delta is { } delta ? $" Try again in {delta.TotalSeconds:0} s." : " Try again shortly.";
            return $"{said ?? "The service is not available right now."}{wait}";
        }

        return said ?? $"The API answered {(int)response.StatusCode}.";
    }
}
