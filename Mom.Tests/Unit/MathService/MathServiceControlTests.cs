using System.Net;
using System.Net.Http.Json;
using Mom.MathService.Control;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class MathServiceControlTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_fails_as_often_as_it_was_told_and_then_no_more()
    {
        await using var service = await StartAsync("Development");
        using var set = await service.Client.PutAsJsonAsync("/settings", new MathSettings(TimeSpan.Zero, TimeSpan.Zero, FailNext: 2), Cancellation);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);

        List<HttpStatusCode> answers = [];
        for (var call = 0; call < 4; call++)
            answers.Add((await service.Client.GetAsync("/add/1,2", Cancellation)).StatusCode);

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.OK], answers);
        var settings = await service.Client.GetFromJsonAsync<MathSettings>("/settings", Cancellation);
        Assert.Equal(0, settings!.FailNext);
    }

    [Fact]
    public async Task A_failure_rate_of_one_fails_always()
    {
        await using var service = await StartAsync("Development");
        using var set = await service.Client.PutAsJsonAsync("/settings", new MathSettings(TimeSpan.Zero, TimeSpan.Zero, FailureRate: 1), Cancellation);

        using var answer = await service.Client.GetAsync("/add/1,2", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"minimumDelay":"00:00:02","maximumDelay":"00:00:01"}""")]
    [InlineData("""{"minimumDelay":"00:00:00","maximumDelay":"02:00:00"}""")]
    [InlineData("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00","failureRate":1.5}""")]
    [InlineData("""{"minimumDelay":"00:00:00","maximumDelay":"00:00:00","failNext":-1}""")]
    public async Task Settings_that_make_no_sense_are_refused(string settings)
    {
        await using var service = await StartAsync("Development");

        using var answer = await service.Client.PutAsync("/settings", new StringContent(settings, null, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task In_production_nobody_can_set_anything()
    {
        await using var service = await StartAsync("Production");

        using var answer = await service.Client.PutAsJsonAsync("/settings", new MathSettings(TimeSpan.Zero, TimeSpan.Zero, FailureRate: 1), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<RunningMathService> StartAsync(string environment)
    {
        var service = new RunningMathService([$"--environment={environment}"]);
        await service.InitializeAsync();
        return service;
    }
}
