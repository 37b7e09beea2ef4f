using Mom.Panel.Admin.Sea;

namespace Mom.Tests.Unit.Panel.Admin;

[Trait("Group", "unit")]
public sealed class SeaEdgeTests
{
    [Fact]
    public void A_dot_travels_from_the_beginning_to_the_end_at_constant_speed() => Assert.Equal(
        "@keyframes sea-an-edge{0%{transform:translate(1cqw,2cqw)}25%{transform:translate(6cqw,2cqw)}100%{transform:translate(6cqw,17cqw)}0%,100%{opacity:0}6%,94%{opacity:1}}",
        new SeaEdge("an-edge", "M12 24 H72 V204").Keyframes);

    [Fact]
    public void A_corner_is_round()
    {
        var edge = new SeaEdge("corner", "M0 0 H100 Q112 0 112 12 V112");

        Assert.Contains("{transform:translate(9.222cqw,0.444cqw)}", edge.Keyframes, StringComparison.Ordinal);
        Assert.InRange(edge.Length, 218, 221);
        Assert.Contains("100%{transform:translate(9.333cqw,9.333cqw)}", edge.Keyframes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_of_other_commands_is_refused() =>
        Assert.Throws<FormatException>(() => new SeaEdge("arc", "M0 0 A5 5 0 0 1 10 10"));

    [Fact]
    public void Each_edge_on_which_something_travels_has_its_animation()
    {
        foreach (var edge in typeof(SeaMap).GetProperties().Where(property => property.PropertyType == typeof(SeaEdge)).Select(property => (SeaEdge)property.GetValue(null)!))
        {
            if (edge != SeaMap.ApiToCache && edge != SeaMap.SocketToCache)
                Assert.Contains($"@keyframes {edge.Animation}{{", SeaMap.Keyframes, StringComparison.Ordinal);
        }
    }
}
