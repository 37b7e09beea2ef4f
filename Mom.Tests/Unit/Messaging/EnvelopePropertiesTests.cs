using System.Text;
using CsCheck;
using Mom.Messaging.Envelopes;
using RabbitMQ.Client;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class EnvelopePropertiesTests
{
    // Any text that UTF-8 can carry: no half of a surrogate pair.
    private static readonly Gen<string> Text = Gen.String.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static readonly Gen<object?> Value = Gen.OneOf(
        Text.Select(text => (object?)text),
        Gen.Long.Select(number => (object?)number),
        Gen.Int.Select(number => (object?)number),
        Gen.Bool.Select(flag => (object?)flag),
        Text.List[0, 3].Select(list => (object?)list.Cast<object?>().ToList()));

    [Fact]
    public void What_is_written_is_read_back_with_any_header() =>
        Gen.Select(Gen.Guid, Gen.Byte[1, 10], Gen.Byte.Array, Gen.Dictionary(Text.Select(name => "h" + name), Value)[0, 5], Text, Gen.Int[1, 1_000_000])
            .Sample((id, priority, body, headers, type, expiration) =>
            {
                var envelope = new Envelope("exchange", "key", "t" + type, id, priority, body)
                {
                    CorrelationId = type,
                    Expiration = TimeSpan.FromMilliseconds(expiration),
                    Timestamp = DateTimeOffset.UnixEpoch,
                    Headers = headers,
                };
                var written = EnvelopeProperties.Write(envelope, "test");
                // Without headers of its own the client writes those that it adds.
                written.Headers = written.Headers?.ToDictionary(header => header.Key, header => OnTheWire(header.Value), StringComparer.Ordinal);
                var read = EnvelopeProperties.Read("exchange", "key", written, body);
                Assert.Equal(envelope.MessageId, read.MessageId);
                Assert.Equal(envelope.Type, read.Type);
                Assert.Equal(envelope.Priority, read.Priority);
                Assert.Equal(envelope.Expiration, read.Expiration);
                Assert.Equal(envelope.Timestamp, read.Timestamp);
                Assert.Equal(body, read.Body.ToArray());
                Assert.Equal(headers, read.Headers);
            });

    [Fact]
    public void Bytes_that_are_no_text_stay_bytes()
    {
        byte[] bytes = [0xFF, 0xFE];
        var properties = new BasicProperties { Headers = new Dictionary<string, object?> { ["h"] = bytes } };
        Assert.Equal(bytes, EnvelopeProperties.Read("", "", properties, default).Headers["h"]);
    }

    [Fact]
    public void A_foreign_id_gives_the_same_identity_each_time_and_any_date_is_read()
    {
        var properties = new BasicProperties { MessageId = "order 4711", Timestamp = new AmqpTimestamp(long.MaxValue) };
        var first = EnvelopeProperties.Read("", "", properties, default);
        Assert.Equal(first.MessageId, EnvelopeProperties.Read("", "", properties, default).MessageId);
        Assert.NotEqual(first.MessageId, MessageIdentity.Of("order 4712"));
    }

    // The broker hands texts back as bytes.
    private static object? OnTheWire(object? value) => value switch
    {
        string text => Encoding.UTF8.GetBytes(text),
        List<object?> list => list.Select(OnTheWire).ToList(),
        _ => value,
    };
}
