using System.Net;
using Microsoft.Extensions.Options;
using Mom.Tests.Support;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class MathServiceDelayTests
{
    // No other timer of the process has this length, so the clock can tell the answer's delay from the rest.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1234.5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_when_its_delay_is_over()
    {
        var clock = new WatchedClock(Delay);
        await using var service = await StartAsync(clock);
        var request = service.Client.GetAsync("/add/1,2", Cancellation);
        await clock.Started.WaitAsync(Cancellation);
        Assert.False(request.IsCompleted, "The answer should have waited for its delay.");

        clock.Advance(Delay);

        using var response = await request;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_goes_away_ends_the_delay()
    {
        var clock = new WatchedClock(Delay);
        await using var service = await StartAsync(clock);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var request = service.Client.GetAsync("/add/1,2", caller.Token);
        await clock.Started.WaitAsync(Cancellation);

        await caller.CancelAsync();

        await clock.Stopped.PatientlyAsync("the delay should end with the request");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Theory]
    [InlineData("--Math:Delay:Minimum=00:00:02", "is longer than")]
    [InlineData("--Math:Delay:Minimum=-00:00:01", "Minimum")]
    [InlineData("--Math:Factors:TimeLimit=00:00:00", "TimeLimit")]
    public async Task Settings_that_make_no_sense_stop_the_service_at_its_start(string setting, string expected)
    {
        await using var service = new RunningMathService(["--Math:Delay:Maximum=00:00:01", setting]);

        var trouble = await Assert.ThrowsAsync<OptionsValidationException>(() => service.InitializeAsync().AsTask());

        Assert.Contains(expected, trouble.Message, StringComparison.Ordinal);
    }

    private static async Task<RunningMathService> StartAsync(WatchedClock clock)
    {
        var service = new RunningMathService([$"--Math:Delay:Minimum={Delay}", $"--Math:Delay:Maximum={Delay}"], clock);
        await service.InitializeAsync();
        return service;
    }
}
