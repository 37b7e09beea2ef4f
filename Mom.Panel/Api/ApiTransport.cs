using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Mom.Panel.Api;

/// <summary>One exchange with the API, with every failure as an <see cref="ApiException"/>.</summary>
internal static class ApiTransport
{
    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (IsAbsence(e, cancellationToken))
        {
            throw new ApiException("The API does not answer. Check that it runs, then try again.", e);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw await ProblemReader.ReadAsync(response, cancellationToken);
    }

    /// <summary>Whether the request failed without an answer and was not cancelled by the caller.</summary>
    public static bool IsAbsence(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
