using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Mom.MathService.Control;
using Mom.MathService.Delay;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class AnswerDelayTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Delays_are_spread_over_the_whole_range_and_stay_in_it()
    {
        var delay = Delay(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), seed: 1);

        var delays = Enumerable.Range(0, 1_000).Select(_ => delay.Next()).ToList();

        Assert.All(delays, next => Assert.InRange(next, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)));
        Assert.InRange(delays.Min(), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.05));
        Assert.InRange(delays.Max(), TimeSpan.FromSeconds(3.95), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void The_same_seed_gives_the_same_sequence()
    {
        var (one, same, other) = (Default(seed: 7), Default(seed: 7), Default(seed: 8));
        var sequence = Take(one);

        Assert.Equal(sequence, Take(same));
        Assert.NotEqual(sequence, Take(other));

        static List<TimeSpan> Take(AnswerDelay delay) => [.. Enumerable.Range(0, 10).Select(_ => delay.Next())];
    }

    [Fact]
    public async Task The_wait_ends_when_its_time_is_over_and_not_before()
    {
        var wait = Delay(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), seed: 1).WaitAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(2.999));
        Assert.False(wait.IsCompleted, "The wait should have lasted three seconds.");

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
    }

    [Fact]
    public async Task The_wait_ends_at_once_when_the_caller_goes_away()
    {
        using var aborted = new CancellationTokenSource();
        var wait = Delay(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), seed: 1).WaitAsync(aborted.Token);

        await aborted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void No_delay_is_possible() =>
        Assert.Equal(TimeSpan.Zero, Delay(TimeSpan.Zero, TimeSpan.Zero, seed: 1).Next());

    private AnswerDelay Default(int seed) => With(new DelayOptions(), seed);

    private AnswerDelay Delay(TimeSpan minimum, TimeSpan maximum, int seed) => With(new DelayOptions { Minimum = minimum, Maximum = maximum }, seed);

    private AnswerDelay With(DelayOptions options, int seed) => new(new MathBehaviour(Options.Create(options), new Random(seed)), new Random(seed), _clock);
}
