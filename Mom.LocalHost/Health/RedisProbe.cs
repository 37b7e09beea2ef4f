using System.Text;

namespace Mom.LocalHost.Health;

/// <summary>AUTH and PING in the inline form of RESP: https://redis.io/docs/latest/develop/reference/protocol-spec/.</summary>
internal sealed class RedisProbe(int port, string password) : TcpProbe(port)
{
    protected override ReadOnlyMemory<byte> Question() => Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n");

    // Two commands, two lines.
    protected override bool IsWhole(ReadOnlySpan<byte> answer) => answer.Count((byte)'\n') >= 2;

    // A server that still reads its files answers "-LOADING ..." to PING.
    protected override string? Judge(ReadOnlySpan<byte> answer) =>
        answer.SequenceEqual("+OK\r\n+PONG\r\n"u8) ? null : Encoding.ASCII.GetString(answer).ReplaceLineEndings(" ").Trim();
}
