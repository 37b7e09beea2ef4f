using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mom.AppHost.Commands;

/// <summary>Calls the API as the first administrator.</summary>
/// <remarks>
/// The session is kept and renewed, which requires only the API and Redis: a login goes through <c>db.queries</c>, and is impossible
/// while that queue is paused.
/// </remarks>
internal sealed class Administrator(
    IResourceBuilder<ProjectResource> api,
    IResourceBuilder<ParameterResource> email,
    IResourceBuilder<ParameterResource> password) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly SemaphoreSlim _login = new(1);
    private string? _token;
    private DateTimeOffset _expires;

    /// <returns>The answer's body; <see langword="null"/> when it has none.</returns>
    /// <exception cref="CommandFailedException">The API refused the request, or is unreachable.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        try
        {
            var token = await TokenAsync(cancellationToken);
            try
            {
                return await CallAsync(method, path, body, token, cancellationToken);
            }
            catch (CommandFailedException exception) when (exception.Status is HttpStatusCode.Unauthorized)
            {
                // The session has ended: by the administrator, or because Redis lost its data.
                return await CallAsync(method, path, body, await AnotherTokenAsync(token, cancellationToken), cancellationToken);
            }
        }
        catch (HttpRequestException exception)
        {
            throw new CommandFailedException($"The API could not be reached: {exception.Message}");
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _login.Dispose();
    }

    private async Task<string> AnotherTokenAsync(string refused, CancellationToken cancellationToken)
    {
        if (string.Equals(_token, refused, StringComparison.Ordinal))
            _token = null;
        return await TokenAsync(cancellationToken);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _login.WaitAsync(cancellationToken);
        try
        {
            var now = DateTimeOffset.UtcNow;
            if (_token is not null && now < _expires - RenewBefore)
                return _token;

            var session = _token is not null && now < _expires ? await RenewAsync(_token, cancellationToken) : await LoginAsync(cancellationToken);
            _expires = DateTimeOffset.FromUnixTimeSeconds(session!["exp"]!.GetValue<long>());
            return _token = session["accessToken"]!.GetValue<string>();
        }
        finally
        {
            _login.Release();
        }
    }

    private async Task<JsonNode?> RenewAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(HttpMethod.Post, "/renew-token", body: null, token, cancellationToken);
        }
        catch (CommandFailedException exception) when (exception.Status is HttpStatusCode.Unauthorized)
        {
            return await LoginAsync(cancellationToken);
        }
    }

    private async Task<JsonNode?> LoginAsync(CancellationToken cancellationToken)
    {
        var account = new
        {
            email = await email.Resource.GetValueAsync(cancellationToken),
            password = await password.Resource.GetValueAsync(cancellationToken),
        };
        return await CallAsync(HttpMethod.Post, "/login", account, token: null, cancellationToken);
    }

    private async Task<JsonNode?> CallAsync(HttpMethod method, string path, object? body, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(api.GetEndpoint("http").Url), path));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? JsonNode.Parse(text) : null;
        if (response.IsSuccessStatusCode)
            return answer;

        var reason = answer?["detail"]?.GetValue<string>() ?? answer?["title"]?.GetValue<string>() ?? response.ReasonPhrase;
        throw new CommandFailedException($"{method} {path} was answered with {(int)response.StatusCode}: {reason}") { Status = response.StatusCode };
    }
}
