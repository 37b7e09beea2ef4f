using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Mom.Tests.Broker.Support;

/// <summary>A slow way to a server that breaks now and then: every byte arrives late and in order, or not at all.</summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Connection> _connections = [];
    private readonly int _server;
    private readonly TimeSpan _oneWay;
    private readonly Task _accepting;

    /// <param name="server">The server's port on this machine.</param>
    /// <param name="roundTrip">How much later an answer comes than without it.</param>
    public BadNetwork(int server, TimeSpan roundTrip)
    {
        (_server, _oneWay) = (server, roundTrip / 2);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to instead.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were made so far.</summary>
    public int Connections
    {
        get
        {
            lock (_connections)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Resets every connection; what was on its way is gone.</summary>
    public void Reset()
    {
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Reset());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Reset();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
                (client.NoDelay, server.NoDelay) = (true, true);
                var connection = new Connection(client, server);
                lock (_connections)
                {
                    _connections.Add(connection);
                }

                _ = Connection.PumpAsync(client, server, _oneWay);
                _ = Connection.PumpAsync(server, client, _oneWay);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end.
        }
    }

    private sealed class Connection(TcpClient client, TcpClient server)
    {
        public void Reset()
        {
            foreach (var end in new[] { client, server }.Where(end => end.Connected))
            {
                // Closing with a linger of 0 sends a reset in place of a farewell.
                end.LingerState = new LingerOption(enable: true, seconds: 0);
                end.Close();
            }
        }

        public static async Task PumpAsync(TcpClient from, TcpClient to, TimeSpan delay)
        {
            var line = Channel.CreateUnbounded<(DateTime Due, byte[] Bytes)>();
            var writing = WriteAsync(line.Reader, to);
            var buffer = new byte[64 * 1024];
            try
            {
                while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
                {
                    line.Writer.TryWrite((DateTime.UtcNow + delay, buffer[..count]));
                }
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException)
            {
                // Reset.
            }

            line.Writer.Complete();
            await writing;
            to.Dispose();
        }

        private static async Task WriteAsync(ChannelReader<(DateTime Due, byte[] Bytes)> line, TcpClient to)
        {
            try
            {
                await foreach (var (due, bytes) in line.ReadAllAsync())
                {
                    var wait = due - DateTime.UtcNow;
                    await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                    await to.GetStream().WriteAsync(bytes);
                }
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException)
            {
                // Reset.
            }
        }
    }
}
