using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mom.Contracts.Json;

namespace Mom.Chaos.Load;

/// <summary>The API over HTTP, for a client that expects trouble: it never throws for it.</summary>
internal sealed class ApiClient(Uri api) : IDisposable
{
    // Longer than the API waits for a reply (10 s): an answer that comes is heard.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new() { BaseAddress = api, Timeout = Patience };

    public async Task<Answer> PostAsync<T>(string path, T body, string? token, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(body, (JsonTypeInfo<T>)MomJsonContext.Default.GetTypeInfo(typeof(T))!);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await SendAsync(request, token, cancellationToken);
    }

    public async Task<Answer> GetAsync(string path, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, token, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Answer.None;
        }
    }
}
