using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Mom.MathService.Arithmetic;
using Mom.MathService.Factors;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class FactorsOperationTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FactorsOptions _options = new();

    [Theory]
    [InlineData("360", "2,2,2,3,3,5")]
    [InlineData("360,12,7", "2,2,2,3,3,5;2,2,3;7")]
    [InlineData("1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("-12", "-1,2,2,3")]
    [InlineData("6.00", "2,3")]
    public async Task Each_number_gets_its_list(string numbers, string expected) =>
        Assert.Equal(expected, await CalculateAsync(numbers));

    [Theory]
    [InlineData("6,0", "Number 2 is zero")]
    [InlineData("1.5", "Number 1 is not whole")]
    public async Task What_has_no_prime_factors_is_refused(string numbers, string expected)
    {
        var trouble = await Assert.ThrowsAsync<CalculationException>(() => CalculateAsync(numbers));

        Assert.Equal(400, trouble.Status);
        Assert.Contains(expected, trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_to_300_digits_are_taken()
    {
        Assert.StartsWith("2,2,", await CalculateAsync("8" + new string('0', 299)), StringComparison.Ordinal);

        var trouble = await Assert.ThrowsAsync<CalculationException>(() => CalculateAsync("-1" + new string('0', 300)));
        Assert.Equal(400, trouble.Status);
        Assert.Contains("300 digits", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_too_hard_is_given_up_when_the_time_is_over()
    {
        var work = CalculateAsync(TooHard.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _clock.Advance(_options.TimeLimit);

        var trouble = await Assert.ThrowsAsync<CalculationException>(() => work);

        Assert.Equal(422, trouble.Status);
        Assert.Contains("within 5 s", trouble.Message, StringComparison.Ordinal);
    }

    private Task<string> CalculateAsync(string numbers) =>
        new FactorsOperation(Options.Create(_options), _clock).CalculateAsync(NumberList.Parse(numbers), TestContext.Current.CancellationToken);
}
