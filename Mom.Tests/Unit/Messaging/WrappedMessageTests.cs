using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using RabbitMQ.Client;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class WrappedMessageTests
{
    [Fact]
    public void A_wrapped_message_is_the_same_when_it_is_unwrapped()
    {
        var headers = new Dictionary<string, object?>
        {
            ["text"] = "é\0",
            ["none"] = null,
            ["number"] = 7L,
            ["small"] = (sbyte)-1,
            ["ratio"] = 0.5,
            ["price"] = 1.25m,
            ["bytes"] = new byte[] { 0xFF, 0 },
            ["when"] = new AmqpTimestamp(5),
            ["table"] = new Dictionary<string, object?> { ["list"] = new List<object?> { 1, "two", new List<object?>() }, ["empty"] = new Dictionary<string, object?>() },
            [new string('\uFFFD', 255)] = 1,
        };
        var message = new Envelope("exchange", "key", new string('\uFFFD', 255), Guid.NewGuid(), 3, new byte[] { 1, 2, 3 })
        {
            CorrelationId = new string('\uFFFD', 255),
            ReplyTo = "reply",
            Headers = new Dictionary<string, object?>(headers) { [MessageHeaders.Attempt] = 2 },
        };

        var wrapped = WrappedMessage.Wrap(message);
        Assert.Equal((WrappedMessage.Type, 2), (wrapped.Type, wrapped.Headers[MessageHeaders.Attempt]));
        Assert.True(WireSize.HeaderFrame(wrapped, "test") < 1_000);

        var back = WrappedMessage.Unwrap(wrapped);
        Assert.Equal((message.Type, message.CorrelationId, message.ReplyTo, message.MessageId), (back.Type, back.CorrelationId, back.ReplyTo, back.MessageId));
        Assert.Equal(message.Body.ToArray(), back.Body.ToArray());
        Assert.Equivalent(message.Headers, back.Headers, strict: true);
    }

    [Fact]
    public void Headers_that_are_nested_deep_are_packed_and_unpacked_and_never_given_to_the_client()
    {
        object? deep = "bottom";
        for (var level = 0; level < 20_000; level++)
        {
            deep = new Dictionary<string, object?> { [""] = deep };
        }

        var message = new Envelope("", "", "type", Guid.NewGuid(), 3, default) { Headers = new Dictionary<string, object?> { ["deep"] = deep } };
        Assert.Throws<MessageNotEncodableException>(() => WireSize.HeaderFrame(message, "test"));
        var value = WrappedMessage.Unwrap(WrappedMessage.Wrap(message)).Headers["deep"];
        var levels = 0;
        for (; value is Dictionary<string, object?> table; value = table[""])
        {
            levels++;
        }

        Assert.Equal((20_000, "bottom"), (levels, value));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 255, 255, 255, 127, 1 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 70, 255 })]
    public void What_only_says_that_it_is_wrapped_is_left_as_it_is(byte[] body)
    {
        var message = new Envelope("", "", "type", Guid.NewGuid(), 3, body) { Headers = new Dictionary<string, object?> { [MessageHeaders.Wrapped] = 1 } };
        Assert.Same(message, WrappedMessage.Unwrap(message));
    }

    [Fact]
    public void Only_what_is_the_senders_or_ours_goes_on_with_a_message()
    {
        var headers = new Dictionary<string, object?>
        {
            ["CC"] = new List<object?> { "q" },
            ["BCC"] = "q",
            ["x-death"] = 1,
            ["x-delivery-count"] = 3L,
            ["x-delay"] = 5,
            ["x-first-death-queue"] = "q",
            ["x-tenant"] = "a",
            ["tenant"] = "b",
            [MessageHeaders.Attempt] = 2,
        };
        Assert.Equal(["mom-attempt", "tenant", "x-tenant"], MessageHeaders.CarriedFrom(headers).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["tenant", "x-tenant"], MessageHeaders.OfTheSender(headers).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a\0b\uFFFDc\\d\\u0000e")]
    [InlineData("\uD800x\uDC00 😀")]
    [InlineData("")]
    public void Text_is_made_storable_and_given_back(string text)
    {
        var storable = StorableText.Of(text);
        Assert.DoesNotContain('\0', storable);
        Assert.Equal(text, StorableText.Original(storable));
    }
}
