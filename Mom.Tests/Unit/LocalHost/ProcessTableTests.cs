using Mom.LocalHost.Processes;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class ProcessTableTests
{
    [Fact]
    public void Reads_a_name_with_spaces_and_parentheses()
    {
        var entry = ProcessEntry.Parse("42 (a) b (c) S 7 41 40 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 0 0");
        Assert.Equal(new ProcessEntry(42, 7, 41, 40, 'S', "98765"), entry);
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("42 (cut")]
    [InlineData("42 (short) S 1 2")]
    public void What_is_no_process_is_none(string stat) => Assert.Null(ProcessEntry.Parse(stat));

    [Fact]
    public void A_zombie_is_not_alive() =>
        Assert.False(new ProcessEntry(42, 1, 42, 42, 'Z', "1").IsAlive);

    [Fact]
    public void Reads_a_line_of_ps()
    {
        var entry = PsCommand.Parse("  812     1   812 Ss   Mon Nov 23 09:12:44 2026");
        Assert.Equal(new ProcessEntry(812, 1, 812, 812, 'S', "Mon-Nov-23-09:12:44-2026"), entry);
        Assert.Null(PsCommand.Parse(string.Empty));
    }

    [Fact]
    public void A_tree_holds_children_groups_sessions_and_the_marked_and_nobody_else()
    {
        ProcessEntry[] all =
        [
            Entry(10, parent: 1, group: 10, session: 10),
            Entry(11, parent: 10, group: 10, session: 10),
            Entry(12, parent: 11, group: 12, session: 12),
            Entry(13, parent: 1, group: 10, session: 10),
            Entry(14, parent: 1, group: 14, session: 14),
            Entry(15, parent: 14, group: 15, session: 15),
            Entry(99, parent: 1, group: 99, session: 99),
        ];

        var members = ProcessTree.Members(10, all, new HashSet<int> { 14 }).Select(entry => entry.Pid).ToList();

        Assert.Equal(10, members[0]);
        Assert.Equal([10, 11, 12, 13, 14, 15], members.Order());
    }

    private static ProcessEntry Entry(int pid, int parent, int group, int session) => new(pid, parent, group, session, 'S', "1");
}
