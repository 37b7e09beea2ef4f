using Mom.Contracts;

namespace Mom.Panel.Live;

/// <summary>The address of the socket service's hub.</summary>
/// <remarks>Read from configuration, for a SignalR client over WebSockets does not go through an <see cref="HttpClient"/> with service discovery.</remarks>
public sealed record SocketAddress(Uri Hub)
{
    /// <exception cref="InvalidOperationException">Service discovery has no address of the service <c>socket</c>.</exception>
    public static SocketAddress From(IConfiguration configuration)
    {
        var address = configuration["services:socket:https:0"] ?? configuration["services:socket:http:0"]
            ?? throw new InvalidOperationException(
                "The panel needs the address of the socket service: set services__socket__http__0, for example to http://127.0.0.1:7080.");
        return new SocketAddress(new Uri(new Uri(address), SocketContract.HubPath));
    }
}
