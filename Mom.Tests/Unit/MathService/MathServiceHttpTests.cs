using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class MathServiceHttpTests(RunningMathService service) : IClassFixture<RunningMathService>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/add/1,2,3", "6")]
    [InlineData("/subtract/1,2.5,+3", "-4.5")]
    [InlineData("/multiply/99999999999999999999,99999999999999999999", "9999999999999999999800000000000000000001")]
    [InlineData("/divide/1,8", "0.125")]
    [InlineData("/factors/360,-12", "2,2,2,3,3,5;-1,2,2,3")]
    [InlineData("/add/1%2C%202", "3")]
    public async Task A_question_is_answered(string path, string expected)
    {
        using var response = await service.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(expected, answer.RootElement.GetProperty("result").GetString());
    }

    [Fact]
    public async Task The_answer_repeats_the_question_as_it_was_understood() => Assert.Equal(
        """{"operation":"add","numbers":["1.5","2"],"result":"3.5"}""",
        await service.Client.GetStringAsync("/add/1.50,+2", Cancellation));

    [Fact]
    public async Task A_list_of_full_length_gets_through_percent_encoded()
    {
        var ones = string.Concat(Enumerable.Repeat("%31", 9_999));

        var answer = await service.Client.GetStringAsync($"/multiply/{ones},{ones},{ones}", Cancellation);

        Assert.Contains("\"result\":\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/divide/1,0", 400, "divisor")]
    [InlineData("/divide/0,5,0.00", 400, "Number 3")]
    [InlineData("/add", 400, "at least one number")]
    [InlineData("/add/", 400, "at least one number")]
    [InlineData("/add/1,x", 400, "Number 2, 'x'")]
    [InlineData("/factors/0", 400, "zero")]
    [InlineData("/factors/2.5", 400, "not whole")]
    [InlineData("/power/2,3", 404, "add, subtract, multiply, divide, factors")]
    [InlineData("/", 404, "no such operation")]
    [InlineData("/add/1/2", 404, "no such operation")]
    public Task A_bad_question_is_a_problem_that_says_what_is_wrong(string path, int status, string expected) =>
        AssertProblemAsync(new(HttpMethod.Get, path), status, expected);

    [Fact]
    public async Task Too_much_is_a_problem_too()
    {
        await AssertProblemAsync(new(HttpMethod.Get, "/add/" + string.Join(',', Enumerable.Repeat('1', 1_001))), 400, "at most 1000");
        await AssertProblemAsync(new(HttpMethod.Get, "/add/" + new string('1', 10_001)), 400, "at most 10000");
        await AssertProblemAsync(new(HttpMethod.Get, "/add/" + new string('1', 60_000)), 400, "at most 32768");
    }

    [Fact]
    public Task Only_GET_is_answered() => AssertProblemAsync(new(HttpMethod.Post, "/add/1,2"), 405, "Method Not Allowed");

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task It_says_that_it_is_well(string path)
    {
        using var response = await service.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task AssertProblemAsync(HttpRequestMessage request, int status, string expected)
    {
        using var caller = new Activity("caller").Start();

        using var response = await service.Client.SendAsync(request, Cancellation);

        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(body);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal(caller.TraceId.ToHexString(), problem.RootElement.GetProperty("traceId").GetString());
        Assert.Contains(expected, body.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
