using System.Text.Json;
using Mom.Api.Requests;
using Mom.Contracts.Json;
using Mom.Contracts.Users;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class PlainTextTests
{
    private static readonly JsonSerializerOptions Json = new(MomJsonContext.Default.Options) { Converters = { new PlainTextConverter() } };

    [Theory]
    [InlineData("")]
    [InlineData("Ann")]
    [InlineData("\u0001\ufffd\uffff")]
    [InlineData("a\ud83d\ude00b")]
    public void Every_character_but_NUL_is_a_text(string text) => Assert.True(PlainText.IsPlain(text));

    // Not as inline data: a lone surrogate does not survive the metadata of an attribute.
    [Fact]
    public void NUL_and_a_lone_surrogate_are_not()
    {
        string[] texts = ["\0", "a\0b", "\ud83d", "a\ud83d", "\ude00b", "\ud83d\ud83d\ude00", "\ude00\ud83d"];
        Assert.All(texts, text => Assert.False(PlainText.IsPlain(text)));
    }

    [Theory]
    [InlineData("""{"firstName":"a\u0000"}""")]
    [InlineData("""{"firstName":"\ud83d"}""")]
    public void A_body_with_one_is_refused_and_the_field_is_named(string body)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RegisterBody>(body, Json));
        Assert.Equal("$.firstName", refused.Path);
    }
}
