using Mom.Chaos.Faults;

namespace Mom.Tests.Unit.Chaos;

[Trait("Group", "unit")]
public sealed class FaultScheduleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void The_same_seed_gives_the_same_schedule_and_another_seed_another()
    {
        Assert.Equal(FaultSchedule.Of(FaultTable.All, Hour, 1), FaultSchedule.Of(FaultTable.All, Hour, 1));
        Assert.NotEqual(FaultSchedule.Of(FaultTable.All, Hour, 1), FaultSchedule.Of(FaultTable.All, Hour, 2));
    }

    [Fact]
    public void Every_fault_strikes_once_before_one_strikes_again() =>
        Assert.Equal(
            FaultTable.All.Select(fault => fault.Name).Order(StringComparer.Ordinal),
            FaultSchedule.Of(FaultTable.All, Hour, 3).Take(FaultTable.All.Count).Select(entry => entry.Fault.Name).Order(StringComparer.Ordinal));
}
