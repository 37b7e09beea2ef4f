using System.Buffers.Binary;
using System.Text;

namespace Mom.LocalHost.Health;

/// <summary>
/// What <c>pg_isready</c> does: sends the start-up message and looks at the first answer. A server that would let us log in
/// asks for authentication ('R'); one that is starting, stopping or recovering sends an error ('E').
/// See https://www.postgresql.org/docs/current/protocol-message-formats.html.
/// </summary>
internal sealed class PostgresProbe(int port, string user, string database) : TcpProbe(port)
{
    private const int ProtocolVersion3 = 3 << 16;

    protected override ReadOnlyMemory<byte> Question()
    {
        var parameters = Encoding.UTF8.GetBytes($"user\0{user}\0database\0{database}\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion3);
        parameters.CopyTo(message, 8);
        return message;
    }

    protected override string? Judge(ReadOnlySpan<byte> answer) => answer switch
    {
        [(byte)'R', ..] => null,
        [(byte)'E', ..] => "not accepting connections yet",
        _ => "closed the connection",
    };
}
