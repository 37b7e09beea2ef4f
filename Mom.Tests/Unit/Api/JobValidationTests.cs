using System.Text.Json;
using Mom.Api.Jobs;
using Mom.Api.Requests;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class JobValidationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("0")]
    [InlineData("-12")]
    [InlineData("3.75")]
    [InlineData("123456789012345678901234567890")]
    public void A_number_is_digits_with_an_optional_sign_and_fraction(string text) => Assert.True(NumberSyntax.IsNumber(text, integersOnly: false));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("1 2")]
    [InlineData("٣")]
    public void Anything_else_is_not_a_number(string text) => Assert.False(NumberSyntax.IsNumber(text, integersOnly: false));

    [Fact]
    public void Json_numbers_keep_every_digit()
    {
        var body = JsonSerializer.Deserialize("""{"type":"math","details":[{"method":"add","numbers":[1.10,12345678901234567890123, "7"]}]}""", MomJsonContext.Default.CreateJobBody)!;
        Assert.Equal(["1.10", "12345678901234567890123", "7"], body.Details![0]!.Numbers);
    }

    [Fact]
    public void As_many_operations_as_allowed_and_not_one_more()
    {
        Assert.False(Check(JobLimits.Operations).Any);
        Assert.True(Check(JobLimits.Operations + 1).Any);
    }

    [Fact]
    public void The_same_owner_and_key_give_the_same_id()
    {
        Assert.Equal(DerivedId.Of("ann", "k"), DerivedId.Of("ann", "k"));
        Assert.NotEqual(DerivedId.Of("ann", "k"), DerivedId.Of("bob", "k"));
        Assert.Equal(8, DerivedId.Of("ann", "k").Version);
    }

    private static FieldErrors Check(int operations)
    {
        var errors = new FieldErrors();
        JobValidation.Check(new CreateJobBody("math", [.. Enumerable.Repeat(new CreateJobDetail("add", ["1"]), operations)]), Now, errors);
        return errors;
    }
}
