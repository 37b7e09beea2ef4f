using System.Net.WebSockets;
using System.Text;
using Mom.Contracts;

namespace Mom.Bench.WholeSystem;

/// <summary>A connection to the hub that only listens, as small as a client can be: ten thousand clients of SignalR would take more memory than the service.</summary>
internal sealed class IdleSocket : IDisposable
{
    // SignalR's JSON protocol ends each message with this character.
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");
    private static readonly byte[] Ping = Encoding.UTF8.GetBytes("{\"type\":6}\u001e");
    private static readonly byte[] Done = Encoding.UTF8.GetBytes("\"done\":true");

    private readonly ClientWebSocket _socket = new();
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IdleSocket()
    {
    }

    /// <summary>Completes with the push of a job's end.</summary>
    public Task Told => _told.Task;

    public static async Task<IdleSocket> OpenAsync(string service, string token, CancellationToken cancellationToken)
    {
        var self = new IdleSocket();
        self._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await self._socket.ConnectAsync(new UriBuilder($"{service}{SocketContract.HubPath}?access_token={token}") { Scheme = "ws" }.Uri, cancellationToken);
        await self.SendAsync(Handshake, cancellationToken);
        _ = self.ListenAsync(cancellationToken);
        return self;
    }

    /// <summary>Says that it lives, as the hub demands every 30 s.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => SendAsync(Ping, cancellationToken);

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(byte[] message, CancellationToken cancellationToken) => _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).AsTask();

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        // A job of one operation fits.
        var buffer = new byte[4_096];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                    length += part.Count;
                }
                while (!part.EndOfMessage && length < buffer.Length);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    throw new InvalidOperationException("The hub has closed the connection.");
                }

                if (buffer.AsSpan(0, length).IndexOf(Done) >= 0)
                {
                    _told.TrySetResult();
                }
            }
        }
#pragma warning disable CA1031 // The wait for the push ends with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _told.TrySetException(exception);
        }
    }
}
