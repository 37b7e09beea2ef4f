using Mom.Api.Jobs;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class RunAtSyntaxTests
{
    [Theory]
    [InlineData("2027-01-31T08:00Z")]
    [InlineData("2027-01-31T08:00:00Z")]
    [InlineData("2027-01-31T08:00:00.999Z")]
    [InlineData("2027-01-31T09:00:00+01:00")]
    [InlineData("2027-01-31T05:30:00.000-02:30")]
    public void A_time_with_its_offset_is_one_moment_to_the_second(string text)
    {
        Assert.True(RunAtSyntax.TryRead(text, out var runAt));
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 8, 0, 0, TimeSpan.Zero), runAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2027-01-31")]
    [InlineData("2027-01-31T08:00:00")]
    [InlineData("2027-02-30T08:00:00Z")]
    [InlineData("01/31/2027 08:00Z")]
    [InlineData("1800000000")]
    public void Anything_else_is_no_time(string text) => Assert.False(RunAtSyntax.TryRead(text, out _));

    [Fact]
    public void The_hour_that_a_change_of_clocks_repeats_is_two_moments()
    {
        // Berlin, the night in which summer ends: 02:30 comes twice.
        Assert.True(RunAtSyntax.TryRead("2027-10-31T02:30:00+02:00", out var summer));
        Assert.True(RunAtSyntax.TryRead("2027-10-31T02:30:00+01:00", out var winter));
        Assert.Equal(TimeSpan.FromHours(1), winter!.Value - summer!.Value);
    }

    [Fact]
    public void Without_a_time_there_is_none()
    {
        Assert.True(RunAtSyntax.TryRead(null, out var runAt));
        Assert.Null(runAt);
    }
}
