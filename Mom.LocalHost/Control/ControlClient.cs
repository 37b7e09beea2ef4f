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
        HttpResponseMessage response;
        try
        {
            response = await _http.PostAsync(new Uri($"resources/{Uri.EscapeDataString(resource)}/{verb}", UriKind.Relative), content: null);
        }
        catch (HttpRequestException e)
        {
            throw new LocalHostException("Nothing is running. Start it with: ./mom up", e);
        }

        using (response)
        {
            if (response.IsSuccessStatusCode)
                return (await response.Content.ReadFromJsonAsync(ControlJson.Default.ResourceStatus))!;

            var error = await response.Content.ReadFromJsonAsync(ControlJson.Default.ControlError);
            throw error is { Log: { } log } ? new ResourceFailedException(resource, error.Message, log) : new LocalHostException(error!.Message);
        }
    }

    public void Dispose() => _http.Dispose();
}
