using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Mom.LocalHost.Resources;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Control;

/// <summary>Asks a running host for something.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;

    public ControlClient(StateDirectory state)
    {
        var endpoint = new UnixDomainSocketEndPoint(state.ControlSocket);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(endpoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        // The host itself knows how long a start may take.
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://mom/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <returns>How everything is; that nothing runs, when no host answers.</returns>
    public async Task<SystemStatus> StatusAsync()
    {
        try
        {
            return await _http.GetFromJsonAsync("status", ControlJson.Default.SystemStatus) ?? SystemStatus.NotRunning;
        }
        catch (HttpRequestException)
        {
            return SystemStatus.NotRunning;
        }
    }

    /// <param name="resource">Which one.</param>
    /// <param name="verb">Such as <c>restart</c> or <c>scale/2</c>.</param>
    /// <exception cref="LocalHostException">No host runs, or it could not do it.</exception>
    public async Task<ResourceStatus> DoAsync(string resource, string verb)
    {
        using var response = await AskOfAsync(resource, HttpMethod.Post, verb);
        return (await response.Content.ReadFromJsonAsync(ControlJson.Default.ResourceStatus))!;
    }

    /// <summary>The variables that a service was started with, without those that every process inherits.</summary>
    /// <param name="resource">Which one; <see langword="null"/> for how the servers are reached.</param>
    /// <exception cref="LocalHostException">No host runs, or it has no such service.</exception>
    public async Task<Dictionary<string, string>> EnvironmentAsync(string? resource)
    {
        using var response = resource is null ? await AskAsync(HttpMethod.Get, "environment") : await AskOfAsync(resource, HttpMethod.Get, "environment");
        return (await response.Content.ReadFromJsonAsync(ControlJson.Default.DictionaryStringString))!;
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> AskOfAsync(string resource, HttpMethod method, string path) =>
        AskAsync(method, $"resources/{Uri.EscapeDataString(resource)}/{path}", resource);

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string resource = "")
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            response = await _http.SendAsync(request);
        }
        catch (HttpRequestException e)
        {
            throw new LocalHostException("Nothing is running. Start it with: ./mom up", e);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
        {
            // Every error of ours has a body: this one comes from a host that was started before its program changed.
            if (response.StatusCode == HttpStatusCode.NotFound)
                throw new LocalHostException("The running host is of another version and does not know this. Start it anew: ./mom down, then ./mom up");

            var error = await response.Content.ReadFromJsonAsync(ControlJson.Default.ControlError);
            throw error is { Log: { } log } ? new ResourceFailedException(resource, error.Message, log) : new LocalHostException(error!.Message);
        }
    }
}
