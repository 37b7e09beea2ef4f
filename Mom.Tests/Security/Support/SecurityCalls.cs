using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.Contracts.Json;
using Mom.Contracts.Users;
using Mom.Testing;
using StackExchange.Redis;

namespace Mom.Tests.Security;

/// <summary>Single calls of the API with a token of the caller's choice, and what Redis knows of a session.</summary>
internal static class SecurityCalls
{
    public static readonly JsonSerializerOptions Json = MomJsonContext.Default.Options;

    public static async Task<HttpResponseMessage> CallAsync(string api, HttpMethod method, string path, string? token, object? body = null, string? from = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(api), Timeout = Support.Patience.Limit };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);
        if (from is not null)
        {
            request.Headers.Add("X-Forwarded-For", from);
        }

        return await http.SendAsync(request);
    }

    /// <summary>The status of a call, with the detail of the problem if it is one.</summary>
    public static async Task<(int Status, string? Detail)> StatusAsync(string api, HttpMethod method, string path, string? token, object? body = null, string? from = null)
    {
        using var answer = await CallAsync(api, method, path, token, body, from);
        var problem = answer.Content.Headers.ContentType?.MediaType is "application/problem+json" ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
        return ((int)answer.StatusCode, problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
    }

    public static async Task<T> ReadAsync<T>(string api, HttpMethod method, string path, string? token, object? body = null)
    {
        using var answer = await CallAsync(api, method, path, token, body);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} should succeed, but is {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
    }

    public static Task<Session> LoginAsync(string api, string email, string password = "correct horse") =>
        ReadAsync<Session>(api, HttpMethod.Post, "/login", token: null, new LoginBody(email, password));

    public static Task<(int Status, string? Detail)> WhoAmIAsync(string api, string token) => StatusAsync(api, HttpMethod.Get, "/auth-test", token);

    /// <summary>The id of the session of a token.</summary>
    public static string SessionOf(Session session) => new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(session.AccessToken).GetClaim("sid").Value;

    public static Task<ConnectionMultiplexer> RedisAsync(RunningSystem system) => ConnectionMultiplexer.ConnectAsync(system.Connections.Redis);
}
