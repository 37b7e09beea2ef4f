using Mom.Messaging.Outbox;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class OutboxBackoffTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(6, 16)]
    [InlineData(7, 30)]
    [InlineData(1_000_000, 30)]
    public void It_doubles_up_to_half_a_minute(int attempts, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxBackoff.After(attempts));

    [Theory]
    [InlineData(0.01, 0.5)]
    [InlineData(-5, 0.5)]
    [InlineData(7, 7)]
    [InlineData(3_600, 30)]
    public void What_got_no_confirm_waits_as_long_again_within_bounds(double waited, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxBackoff.Within(TimeSpan.FromSeconds(waited)));

    [Fact]
    public void The_default_gives_up_after_about_seven_minutes()
    {
        var attempts = new OutboxOptions().MaxAttempts;
        var total = Enumerable.Range(1, attempts - 1).Sum(attempt => OutboxBackoff.After(attempt).TotalMinutes);
        Assert.InRange(total, 6, 8);
    }
}
