using System.Buffers.Binary;

namespace Mom.Bench.Contenders.Raw;

/// <summary>A body of 1 KiB that begins with the message's number, as a client would make it that needs no serializer.</summary>
internal static class RawBody
{
    public static byte[] Of(int number)
    {
        var body = new byte[Sizes.Body];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        return body;
    }

    public static int NumberOf(ReadOnlyMemory<byte> body) => BinaryPrimitives.ReadInt32LittleEndian(body.Span);
}
