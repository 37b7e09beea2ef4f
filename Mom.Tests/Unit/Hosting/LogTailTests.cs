using Mom.Hosting.Reporting;

namespace Mom.Tests.Unit.Hosting;

[Trait("Group", "unit")]
public sealed class LogTailTests
{
    [Fact]
    public void Takes_the_last_lines_by_time_whatever_the_order_of_their_sources()
    {
        string[] lines = ["2030-01-01T00:00:03.0000000Z error", "2030-01-01T00:00:01.0000000Z first", "2030-01-01T00:00:02.0000000Z second"];

        Assert.Equal(["second", "error"], LogTail.Of(lines, 2));
    }

    [Fact]
    public void A_line_without_a_time_stays_behind_the_one_before_it()
    {
        string[] lines = ["2030-01-01T00:00:02.0000000Z exception", "   at Method", "2030-01-01T00:00:01.0000000Z first"];

        Assert.Equal(["first", "exception", "   at Method"], LogTail.Of(lines, 5));
    }

    [Fact]
    public void Leaves_out_the_command_line_which_may_hold_secrets()
    {
        string[] lines = ["2030-01-01T00:00:01.0000000Z [sys] Starting process...: Cmd = psql, Args = [\"password\"]", "2030-01-01T00:00:02.0000000Z [sys] Failed to start"];

        Assert.Equal(["[sys] Failed to start"], LogTail.Of(lines, 5));
    }
}
