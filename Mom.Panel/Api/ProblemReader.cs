using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.Panel.Api;

/// <summary>Converts an error answer into an exception.</summary>
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
        if ((problem?.Detail ?? problem?.Title) is { } said)
            return said;

        return response.StatusCode is HttpStatusCode.ServiceUnavailable
            ? $"The API is not available right now. Try again in {response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 5:0} s."
            : $"The API answered {(int)response.StatusCode}.";
    }
}

/// <summary>An error of the API (RFC 9457), with the trace id and the errors of fields that ASP.NET Core adds.</summary>
internal sealed record Problem(
    string? Title = null,
    string? Detail = null,
    string? TraceId = null,
    Dictionary<string, string[]>? Errors = null);

/// <summary>Source-generated JSON of <see cref="Problem"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;
