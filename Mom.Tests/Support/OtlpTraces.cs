using System.Text;

namespace Mom.Tests.Support;

/// <summary>
/// Reads the body of an OTLP trace export in protobuf, as far as <see cref="TelemetrySpan"/> requires.
/// Field numbers: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto.
/// </summary>
/// <remarks>
/// The wire format (https://protobuf.dev/programming-guides/encoding/) in short: each field is a varint of <c>number &lt;&lt; 3 | type</c>,
/// then its value. Type 0 is a varint, 1 has 8 bytes, 5 has 4; type 2 is a varint of the length, then so many bytes: a text or a message.
/// </remarks>
internal static class OtlpTraces
{
    public static IEnumerable<TelemetrySpan> Read(ReadOnlyMemory<byte> export) =>
        from resource in All(export, 1)
        let service = All(resource, 1).Select(description => Attributes(description, 1)["service.name"]).First()
        from scope in All(resource, 2)
        from span in All(scope, 2)
        select new TelemetrySpan(service, Text(span, 5), Id(span, 2), Id(span, 4), Attributes(span, 9)) { TraceId = Id(span, 1) };

    // Only those whose value is a text: field 1 of AnyValue.
    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> owner, int field) => All(owner, field)
        .GroupBy(pair => Text(pair, 1), StringComparer.Ordinal)
        .ToDictionary(pairs => pairs.Key, pairs => All(pairs.First(), 2).Select(value => Text(value, 1)).FirstOrDefault(""), StringComparer.Ordinal);

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(All(message, field).FirstOrDefault().Span);

    private static string Id(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(All(message, field).FirstOrDefault().Span);

    private static IEnumerable<ReadOnlyMemory<byte>> All(ReadOnlyMemory<byte> message, int field)
    {
        var position = 0;
        while (position < message.Length)
        {
            var tag = Varint(message.Span, ref position);
            var length = (tag & 7) switch
            {
                0 => Skip(message.Span, position),
                1 => 8,
                5 => 4,
                _ => (int)Varint(message.Span, ref position),
            };
            if (tag == (((ulong)field << 3) | 2))
            {
                yield return message.Slice(position, length);
            }

            position += length;
        }
    }

    private static int Skip(ReadOnlySpan<byte> message, int position)
    {
        var end = position;
        Varint(message, ref end);
        return end - position;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
