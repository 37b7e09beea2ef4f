using System.Net;
using System.Text.Json;
using Polly;

namespace Mom.Workers.Math;

/// <summary>Calls the math service.</summary>
internal sealed class MathServiceClient(HttpClient http)
{
    /// <returns>The exact result.</returns>
    /// <exception cref="MathRefusedException">The service refused the operation (400 to 499, but for 408 and 429): asking again would not help.</exception>
    /// <exception cref="HttpRequestException">It could not be asked, or answered with an error of its own.</exception>
    /// <exception cref="ExecutionRejectedException">It did not answer in time, or has failed too often to be asked now.</exception>
    public async Task<string> CalculateAsync(string method, IReadOnlyList<string> numbers, CancellationToken cancellationToken)
    {
        var path = $"/{Uri.EscapeDataString(method)}/{string.Join(',', numbers.Select(Uri.EscapeDataString))}";
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (IsRefusal(response.StatusCode))
        {
            throw new MathRefusedException(await ReadReasonAsync(response, cancellationToken));
        }

        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("result").GetString() ?? throw new JsonException("The math service answered without a result.");
    }

    private static bool IsRefusal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private static async Task<string> ReadReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 } text ? text : Status(response);
        }
        catch (JsonException)
        {
            return Status(response);
        }
    }

    private static string Status(HttpResponseMessage response) => $"The math service answered {(int)response.StatusCode}.";
}

/// <summary>The math service will never do this operation; its reason is for the user.</summary>
internal sealed class MathRefusedException(string reason) : Exception(reason);
