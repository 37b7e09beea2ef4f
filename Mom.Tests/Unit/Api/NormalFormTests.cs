using Mom.Api.Users.Unicode;

namespace Mom.Tests.Unit.Api;

/// <summary>After the conformance test of Unicode (https://www.unicode.org/Public/UCD/latest/ucd/NormalizationTest.txt).</summary>
[Trait("Group", "unit")]
public sealed class NormalFormTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u00e9", "\u00e9")]
    // Two marks in either order, and one that the first letter takes over the other.
    [InlineData("s\u0307\u0323", "\u1e69")]
    [InlineData("s\u0323\u0307", "\u1e69")]
    [InlineData("\u1e0b\u0323", "\u1e0d\u0307")]
    // Of one class: the second is blocked by the first.
    [InlineData("a\u0315\u0300\u05ae\u0301", "\u00e0\u05ae\u0301\u0315")]
    [InlineData("u\u0308\u0304", "\u01d6")]
    [InlineData("u\u0304\u0308", "\u1e7b")]
    // Never composed again.
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u2126", "\u03a9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u0344", "\u0308\u0301")]
    // Hangul.
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\uac01\u11a8", "\uac01\u11a8")]
    // Beyond the first plane.
    [InlineData("\U0001109B\U000110BA", "\U0001109C")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    // What begins with a mark, and two starters that compose.
    [InlineData("\u0301e\u0301", "\u0301\u00e9")]
    [InlineData("\u09c7\u09be", "\u09cb")]
    [InlineData("\u09c7\u0334\u09be", "\u09c7\u0334\u09be")]
    // Compatibility is no equivalence: other characters are another password.
    [InlineData("\ufb01\u2460\uff41", "\ufb01\u2460\uff41")]
    [InlineData("\U0001F468\u200d\U0001F469\u200d\U0001F467", "\U0001F468\u200d\U0001F469\u200d\U0001F467")]
    public void It_is_that_of_Unicode(string text, string expected)
    {
        Assert.Equal(expected, NormalForm.C(text));
        Assert.Equal(expected, NormalForm.C(NormalForm.C(text)));
        Assert.Equal(text == expected, NormalForm.IsC(text));
    }
}
