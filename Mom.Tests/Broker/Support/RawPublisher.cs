using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Mom.Tests.Broker.Support;

/// <summary>Publishes one message byte by byte: what the client would not write, such as a short string that is no UTF-8. AMQP 0-9-1, without TLS.</summary>
internal static class RawPublisher
{
    private static readonly byte[] NoText = [.. Enumerable.Repeat((byte)0xFF, 255)];

    /// <param name="uri">With user, password and virtual host.</param>
    /// <param name="exchange">Where to.</param>
    /// <param name="routingKey">With which key.</param>
    /// <param name="property">Which property is 255 bytes of 0xFF: <c>type</c>, <c>correlation</c>, <c>reply</c>, or <c>key</c>, of a header.</param>
    /// <param name="body">At most one frame.</param>
    public static async Task PublishAsync(Uri uri, string exchange, string routingKey, string property, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray());
        await SkipToAsync(stream, 10, 10);
        await MethodAsync(stream, 0, 10, 11, Long([]), Short("PLAIN"u8), Long(Encoding.UTF8.GetBytes($"\0{uri.UserInfo.Replace(':', '\0')}")), Short("en_US"u8));
        await SkipToAsync(stream, 10, 30);
        await MethodAsync(stream, 0, 10, 31, [0, 8], [0, 2, 0, 0], [0, 0]);
        await MethodAsync(stream, 0, 10, 40, Short(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.AbsolutePath[1..]))), [0], [0]);
        await SkipToAsync(stream, 10, 41);
        await MethodAsync(stream, 1, 20, 10, [0]);
        await SkipToAsync(stream, 20, 11);
        await MethodAsync(stream, 1, 60, 40, [0, 0], Short(Encoding.UTF8.GetBytes(exchange)), Short(Encoding.UTF8.GetBytes(routingKey)), [0]);
        await FrameAsync(stream, 2, 1, [0, 60, 0, 0, .. Number8(body.Length), .. Properties(property)]);
        await FrameAsync(stream, 3, 1, body);
        // Answered once all before it was done.
        await MethodAsync(stream, 1, 20, 40, [0, 200], [0], [0, 0, 0, 0]);
        await SkipToAsync(stream, 20, 41);
    }

    // In the order of their flags: headers, correlation id, reply to, message id, type.
    private static byte[] Properties(string property)
    {
        var id = Short(Encoding.ASCII.GetBytes($"{Guid.NewGuid()}"));
        var type = property == "type" ? Short(NoText) : Short("test.work.v1"u8);
        return property switch
        {
            "key" => [0x20, 0xA0, .. Long([.. Short(NoText), (byte)'t', 1]), .. id, .. type],
            "correlation" => [0x04, 0xA0, .. Short(NoText), .. id, .. type],
            "reply" => [0x02, 0xA0, .. Short(NoText), .. id, .. type],
            _ => [0x00, 0xA0, .. id, .. type],
        };
    }

    private static Task MethodAsync(NetworkStream stream, byte channel, byte kind, byte method, params byte[][] arguments) =>
        FrameAsync(stream, 1, channel, [0, kind, 0, method, .. arguments.SelectMany(argument => argument)]);

    private static async Task FrameAsync(NetworkStream stream, byte type, byte channel, byte[] payload) =>
        await stream.WriteAsync((byte[])[type, 0, channel, .. Number4(payload.Length), .. payload, 0xCE]);

    private static async Task SkipToAsync(NetworkStream stream, byte kind, byte method)
    {
        var head = new byte[7];
        byte[] payload;
        do
        {
            await stream.ReadExactlyAsync(head);
            payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(3)) + 1];
            await stream.ReadExactlyAsync(payload);
        }
        while (head[0] != 1 || payload[1] != kind || payload[3] != method);
    }

    private static byte[] Short(ReadOnlySpan<byte> text) => [(byte)text.Length, .. text];

    private static byte[] Long(ReadOnlySpan<byte> bytes) => [.. Number4(bytes.Length), .. bytes];

    private static byte[] Number4(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Number8(int value) => [0, 0, 0, 0, .. Number4(value)];
}
