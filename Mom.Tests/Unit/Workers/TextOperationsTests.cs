using Mom.Contracts.Jobs;
using Mom.Workers.Text;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class TextOperationsTests
{
    [Theory]
    [InlineData("words", "The quick brown fox.", "4")]
    [InlineData("words", "don't stop — the self-made man’s 2nd try", "7")]
    [InlineData("words", " \n?!", "0")]
    [InlineData("words", "čeština e\u0301te\u0301 日本 😀", "3")]
    [InlineData("longest", "two three four seven", "three")]
    [InlineData("frequency", "To be, or not to be: that is", "to 2, be 2, or 1, not 1, that 1, is 1")]
    [InlineData("frequency", "a b c d e f g h i j k", "a 1, b 1, c 1, d 1, e 1, f 1, g 1, h 1, i 1, j 1")]
    [InlineData("reverse", "abc", "cba")]
    [InlineData("reverse", "a\ne\u0301👩‍👩‍👧", "👩‍👩‍👧e\u0301\na")]
    [InlineData("hash", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Each_method_has_its_result(string method, string text, string result) => Assert.Equal((result, null), TextOperations.Do(method, text));

    [Theory]
    [InlineData("longest", "?", "There is no word in the text.")]
    [InlineData("frequency", "", "There is no word in the text.")]
    [InlineData("add", "1", "There is no method 'add' for a text.")]
    public void What_has_no_result_says_why(string method, string text, string error) => Assert.Equal((null, error), TextOperations.Do(method, text));

    [Fact]
    public void A_text_that_is_too_long_is_an_outcome() =>
        Assert.Equal((null, "A text has at most 2,000 characters."), TextOperations.Do("words", new string('a', JobLimits.CharactersPerText + 1)));

    [Fact]
    public void Every_method_that_can_be_ordered_is_known() =>
        Assert.All(TextStep.JobType.Methods, method => Assert.NotNull(TextOperations.Do(method, "to be or not to be").Result));
}
