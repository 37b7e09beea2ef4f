using Mom.Panel.Session;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class RenewalTests
{
    private static readonly DateTimeOffset Issued = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, 90, "Wait")]
    [InlineData(180, 170, "Renew")]
    [InlineData(359, 10, "Renew")]
    [InlineData(250, -1, "Wait")]
    [InlineData(300, -1, "Warn")]
    [InlineData(360, -1, "End")]
    [InlineData(360, 350, "End")]
    public void A_session_of_360_s_is_renewed_for_an_active_user_and_ends_with_a_warning_for_one_who_left(
        int now, int lastActivity, string expected)
    {
        var step = Renewal.Next(Issued, Issued.AddSeconds(360), Issued.AddSeconds(lastActivity), Issued.AddSeconds(now));

        Assert.Equal(expected, step.ToString());
    }
}
