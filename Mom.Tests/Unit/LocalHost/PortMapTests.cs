using Mom.LocalHost.Ports;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class PortMapTests
{
    [Fact]
    public void Offset_moves_every_port()
    {
        var standard = PortUse.Of(PortMap.Standard);
        var moved = PortUse.Of(PortMap.Standard.Offset(10_000));
        Assert.Equal(standard.Select(use => use.Port + 10_000), moved.Select(use => use.Port));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(46_646)]
    public void Offset_keeps_ports_within_their_range(int by) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PortMap.Standard.Offset(by));

    [Fact]
    public void The_highest_offset_leads_to_the_highest_port() =>
        Assert.Equal(65_535, PortUse.Of(PortMap.Standard.Offset(46_645)).Max(use => use.Port));

    [Fact]
    public void Free_ports_are_all_different()
    {
        var ports = PortUse.Of(PortMap.Free()).Select(use => use.Port).ToList();
        Assert.Equal(ports.Distinct(), ports);
    }
}
