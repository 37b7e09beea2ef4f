using System.Net;
using System.Net.Sockets;

namespace Mom.LocalHost.Health;

/// <summary>Connects to a port, says something and judges the answer.</summary>
internal abstract class TcpProbe(int port) : IHealthProbe
{
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Question(), cancellationToken);

        var buffer = new byte[256];
        var length = 0;
        int read;
        do
        {
            read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
        }
        while (read > 0 && !IsWhole(buffer.AsSpan(0, length)));

        return Judge(buffer.AsSpan(0, length));
    }

    protected abstract ReadOnlyMemory<byte> Question();

    /// <summary>Whether the answer can be judged; otherwise more of it is awaited.</summary>
    protected virtual bool IsWhole(ReadOnlySpan<byte> answer) => true;

    protected abstract string? Judge(ReadOnlySpan<byte> answer);
}
