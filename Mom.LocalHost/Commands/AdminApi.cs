using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.LocalHost.Control;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary>The HTTP API of the running system, as its administrator.</summary>
internal sealed class AdminApi : IDisposable
{
    private readonly HttpClient _http;

    private AdminApi(string url) => _http = new HttpClient { BaseAddress = new Uri(url) };

    /// <exception cref="LocalHostException">Nothing is running, or the API does not let its administrator in.</exception>
    public static async Task<AdminApi> LogInAsync(Options options)
    {
        var state = new StateDirectory(options.ToSystem().EffectiveStateDirectory);
        using var client = new ControlClient(state);
        var url = (await client.StatusAsync()).Resources.FirstOrDefault(resource => resource.Name == ResourceNames.Api)?.Url
            ?? throw new LocalHostException("Nothing is running. Start it with: ./mom up");
        var secrets = Secrets.LoadOrCreate(state);
        var api = new AdminApi(url);
        try
        {
            var session = await api.SendAsync(HttpMethod.Post, "/login", new { email = secrets.AdminEmail, password = secrets.AdminPassword });
            api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
            return api;
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <exception cref="LocalHostException">The API refuses, or does not answer.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        try
        {
            using var response = await _http.SendAsync(request);
            var answer = response.Content.Headers.ContentLength is 0 ? default : await response.Content.ReadFromJsonAsync<JsonElement>();
            return response.IsSuccessStatusCode
                ? answer
                : throw new LocalHostException(answer.TryGetProperty("detail", out var detail) ? detail.GetString()! : $"The API answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException)
        {
            throw new LocalHostException("The API does not answer as it should: see ./mom status", exception);
        }
    }

    public void Dispose() => _http.Dispose();
}
