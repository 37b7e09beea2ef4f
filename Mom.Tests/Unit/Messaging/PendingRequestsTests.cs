using Mom.Messaging.Rpc;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class PendingRequestsTests
{
    [Fact]
    public async Task Whatever_is_added_while_its_queue_is_given_up_is_told_so_at_once()
    {
        var pending = new PendingRequests();
        for (var round = 0; round < 20_000; round++)
        {
            pending.Open($"q{round}");
            var adding = Task.Run(() => pending.Add("id"));
            pending.Abandon();
            var added = await adding;
            Assert.True(added is null || added.Value.Reply.IsFaulted, "A request that has a reply queue should be told that it is gone.");
            Assert.Equal(0, pending.Count);
        }
    }

    [Fact]
    public async Task Whatever_is_added_after_its_queue_was_replaced_has_the_new_one()
    {
        var pending = new PendingRequests();
        Assert.Null(pending.Add("a"));
        pending.Open("q1");
        var (first, lost) = pending.Add("b")!.Value;
        pending.Abandon();
        Assert.Null(pending.Add("c"));
        pending.Open("q2");
        Assert.Equal(("q1", "q2", 1), (first, pending.Add("d")!.Value.ReplyTo, pending.Count));
        await Assert.ThrowsAsync<Mom.Messaging.Errors.RequestTimeoutException>(() => lost);
    }
}
