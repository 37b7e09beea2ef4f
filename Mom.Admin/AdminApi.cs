using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mom.Admin;

/// <summary>The HTTP API of the running system, as its administrator.</summary>
internal sealed class AdminApi : IDisposable
{
    private readonly HttpClient _http;

    private AdminApi(string url) => _http = new HttpClient { BaseAddress = new Uri(url) };

    /// <summary>Logs in with what the environment has: <c>MOM_API_URL</c>, <c>Admin__Email</c> and <c>Admin__Password</c>.</summary>
    /// <exception cref="AdminException">One of them is not set, or the API does not let this administrator in.</exception>
    public static async Task<AdminApi> LogInAsync()
    {
        var api = new AdminApi(Setting("MOM_API_URL"));
        try
        {
            var session = await api.SendAsync(HttpMethod.Post, "/login", new { email = Setting("Admin__Email"), password = Setting("Admin__Password") });
            api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
            return api;
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <exception cref="AdminException">The API refuses, or does not answer.</exception>
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
                : throw new AdminException(answer.TryGetProperty("detail", out var detail) ? detail.GetString()! : $"The API answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException)
        {
            throw new AdminException("The API does not answer as it should: see ./mom status", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new AdminException($"{name} is not set. ./mom dead sets it by itself.");
}
