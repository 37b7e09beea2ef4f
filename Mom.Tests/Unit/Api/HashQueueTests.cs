using Mom.Api.Users;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class HashQueueTests
{
    [Fact]
    public async Task When_it_is_full_it_says_so_at_once_and_takes_others_again_afterwards()
    {
        using var queue = new HashQueue(processors: 1, waiting: 3);
        using var gate = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, 4).Select(i => RunAsync(queue, $"10.0.0.{i}", gate)).ToList();

        await Assert.ThrowsAsync<HashQueueFullException>(() => RunAsync(queue, "10.0.0.9", gate));
        gate.Set();
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.True(await RunAsync(queue, "10.0.0.9", gate));
    }

    [Fact]
    public async Task One_address_gets_half_of_the_places()
    {
        using var queue = new HashQueue(processors: 1, waiting: 3);
        using var gate = new ManualResetEventSlim();
        var waiting = new List<Task<bool>> { RunAsync(queue, "10.6.6.6", gate), RunAsync(queue, "10.6.6.6", gate) };

        await Assert.ThrowsAsync<HashQueueFullException>(() => RunAsync(queue, "10.6.6.6", gate));
        waiting.Add(RunAsync(queue, "10.0.0.1", gate));
        gate.Set();
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.True(await RunAsync(queue, "10.6.6.6", gate));
    }

    private static Task<bool> RunAsync(HashQueue queue, string address, ManualResetEventSlim gate) =>
        queue.RunAsync(
            address,
            () =>
            {
                gate.Wait(TestContext.Current.CancellationToken);
                return true;
            },
            TestContext.Current.CancellationToken);
}
