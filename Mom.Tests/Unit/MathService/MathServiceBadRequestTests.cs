using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class MathServiceBadRequestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"minimumDelay":null,"maximumDelay":"00:00:00"}""")]
    [InlineData("""{"minimumDelay":"99999999.00:00:00","maximumDelay":"00:00:00"}""")]
    [InlineData("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00","failureRate":1e999}""")]
    [InlineData("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00","failNext":99999999999}""")]
    [InlineData("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00","failNext":null}""")]
    public async Task Settings_that_cannot_be_read_are_a_bad_request(string body)
    {
        await using var service = await StartAsync();
        await AssertRefusedAsync(service, HttpStatusCode.BadRequest, new StringContent(body, Encoding.UTF8, "application/json"));
    }

    [Theory]
    [InlineData("application/json; charset=bogus")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"utf-16\"")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("text/plain")]
    [InlineData("nonsense")]
    public async Task A_body_that_is_not_JSON_in_UTF_8_is_of_an_unsupported_type(string type)
    {
        await using var service = await StartAsync();
        var body = new ByteArrayContent("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00"}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        await AssertRefusedAsync(service, HttpStatusCode.UnsupportedMediaType, body);
    }

    [Fact]
    public async Task UTF_8_may_be_named()
    {
        await using var service = await StartAsync();
        var body = new ByteArrayContent("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00"}"""u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=\"UTF-8\"");
        using var answer = await service.Client.PutAsync("/settings", body, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task AssertRefusedAsync(RunningMathService service, HttpStatusCode expected, HttpContent body)
    {
        using var answer = await service.Client.PutAsync("/settings", body, Cancellation);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<RunningMathService> StartAsync()
    {
        var service = new RunningMathService(["--environment=Development"]);
        await service.InitializeAsync();
        return service;
    }
}
