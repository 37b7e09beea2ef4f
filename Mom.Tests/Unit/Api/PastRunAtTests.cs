using Mom.Api.Jobs;
using Mom.Contracts.Jobs;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class PastRunAtTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", true)]
    [InlineData("2026-01-02T02:59:04Z", true)]
    [InlineData("2026-01-02T02:59:05Z", false)]
    [InlineData("2026-01-02T03:04:05Z", false)]
    [InlineData("2026-01-02T04:04:05Z", false)]
    [InlineData(null, false)]
    public void What_is_more_than_five_minutes_past_is_a_mistake(string? runAt, bool expected) =>
        Assert.Equal(expected, JobValidation.HasPassed(new CreateJobBody("math", [], runAt), Now));
}
