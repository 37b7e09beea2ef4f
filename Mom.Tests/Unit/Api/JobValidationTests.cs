using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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

    [Theory]
    [InlineData("""{"type":"text","details":[{"method":"words","text":"to be or not"}]}""", null)]
    [InlineData("""{"type":"text","details":[{"method":"add","text":"a"}]}""", "details[0].method")]
    [InlineData("""{"type":"text","details":[{"method":"words"}]}""", "details[0].text")]
    [InlineData("""{"type":"text","details":[{"method":"words","text":""}]}""", "details[0].text")]
    [InlineData("""{"type":"text","details":[{"method":"words","text":"a","numbers":"1"}]}""", "details[0].numbers")]
    [InlineData("""{"type":"math","details":[{"method":"add","numbers":"1","text":"a"}]}""", "details[0].text")]
    [InlineData("""{"type":"math","details":[{"method":"words","numbers":"1"}]}""", "details[0].method")]
    [InlineData("""{"type":"poem","details":[{"method":"words","text":"a"}]}""", "type")]
    public void What_an_operation_is_given_depends_on_the_type_of_the_job(string json, string? field)
    {
        var body = JsonSerializer.Deserialize(json, MomJsonContext.Default.CreateJobBody)!;
        Assert.Equal(field, Assert.IsType<ProblemHttpResult>(Check(body).ToProblem()).ProblemDetails is HttpValidationProblemDetails { Errors: var errors } ? errors.Keys.SingleOrDefault() : "none");
    }

    [Fact]
    public void A_text_has_as_many_characters_as_allowed_and_not_one_more()
    {
        Assert.False(Check(Body(JobLimits.CharactersPerText)).Any);
        Assert.True(Check(Body(JobLimits.CharactersPerText + 1)).Any);

        static CreateJobBody Body(int characters) => new("text", [new("words", Text: new string('a', characters))]);
    }

    [Fact]
    public void The_same_owner_and_key_give_the_same_id()
    {
        Assert.Equal(DerivedId.Of("ann", "k"), DerivedId.Of("ann", "k"));
        Assert.NotEqual(DerivedId.Of("ann", "k"), DerivedId.Of("bob", "k"));
        Assert.Equal(8, DerivedId.Of("ann", "k").Version);
    }

    private static FieldErrors Check(int operations) => Check(new CreateJobBody("math", [.. Enumerable.Repeat(new CreateJobDetail("add", ["1"]), operations)]));

    private static FieldErrors Check(CreateJobBody body)
    {
        var errors = new FieldErrors();
        JobValidation.Check(body, Now, errors);
        return errors;
    }
}
