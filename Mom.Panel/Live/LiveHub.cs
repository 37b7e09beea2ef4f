using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Mom.Contracts.Json;
using Mom.Panel.Session;

namespace Mom.Panel.Live;

/// <summary>Builds the SignalR client of one circuit.</summary>
internal static class LiveHub
{
    public static HubConnection Build(SocketAddress address, CurrentSession current) =>
        new HubConnectionBuilder()
            .WithUrl(address.Hub, options =>
            {
                // Without the negotiation request any replica of the socket will do, with no sticky sessions before them.
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
                // Called at each attempt, so that a reconnect uses the renewed token.
                options.AccessTokenProvider = async () => (await current.GetAsync())?.AccessToken;
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, MomJsonContext.Default))
            .Build();
}
