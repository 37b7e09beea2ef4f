using System.Net.Http.Headers;
using System.Text;

namespace Mom.LocalHost.Health;

/// <summary>Healthy when a GET is answered with 2xx.</summary>
internal sealed class HttpProbe(Uri url, string? user = null, string? password = null) : IHealthProbe
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (user is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode ? null : $"{url.AbsolutePath} answers {(int)response.StatusCode}";
    }
}
