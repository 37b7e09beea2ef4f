using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class RpcFailureTests(DataServers servers)
{
    // Nobody waits so long: what is answered is answered because it was told.
    private static readonly RpcOptions Patient = new() { Timeout = TimeSpan.FromMinutes(5) };

    [Fact]
    public async Task The_caller_of_a_command_hears_of_its_first_failed_attempt_and_the_next_one_succeeds()
    {
        await using var broker = await servers.VirtualHostAsync();
        var second = new TaskCompletionSource<MessageContext>();
        await using var engine = await broker.WorkerAsync(new Behaviour
        {
            OnAsk = (ask, context) =>
            {
                if (context.Attempt == 1)
                    throw new InvalidOperationException("secret");
                second.TrySetResult(context);
                return Task.FromResult(new Answer(ask.Number));
            },
        });

        var deferred = await Assert.ThrowsAsync<RequestDeferredException>(() => engine.Rpc().RequestAsync(new Ask(1), Patient));

        Assert.DoesNotContain("secret", deferred.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await second.Task.WaitAsync(TimeSpan.FromSeconds(60))).Attempt);
    }

    [Fact]
    public async Task A_permanent_failure_is_told_at_once_and_not_as_something_to_be_tried_again()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.WorkerAsync(new Behaviour { OnAsk = (_, _) => throw new PermanentFailureException("never") });
        await Assert.ThrowsAsync<RequestFailedException>(() => engine.Rpc().RequestAsync(new Ask(1), Patient));
        await Assert.ThrowsAsync<RequestFailedException>(() => engine.Rpc().RequestAsync(new Ask(2), Patient with { ExpiresWithCaller = true }));
    }

    [Fact]
    public async Task In_an_outage_a_query_is_refused_and_a_command_accepted_at_once_however_many_are_held()
    {
        await using var broker = await servers.VirtualHostAsync();
        var gate = new TestGate();
        var handled = new ConcurrentDictionary<int, bool>();
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(new Behaviour
                {
                    OnAsk = (ask, _) =>
                    {
                        gate.Use();
                        handled[ask.Number] = true;
                        return Task.FromResult(new Answer(ask.Number));
                    },
                });
                messaging.Services.AddSingleton<IOutageGate>(gate);
                messaging.AddConsumer(NodeTopology.Work, options => (options.Concurrency, options.Prefetch) = (2, 2)).Answer<Ask, Answer, AskHandler>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);

        await Assert.ThrowsAsync<RequestUnavailableException>(() => engine.Rpc().RequestAsync(new Ask(100), Patient with { ExpiresWithCaller = true }));
        // The first two take all places of the worker; nobody takes the others.
        for (var number = 1; number <= 6; number++)
        {
            await Assert.ThrowsAsync<RequestDeferredException>(() => engine.Rpc().RequestAsync(new Ask(number), Patient));
        }

        Assert.Empty(handled);
        gate.Back.SetResult();
        await Eventually.TrueAsync(() => Task.FromResult(handled.Count == 6), () => $"all six commands should be handled after the outage, but only {handled.Count} were");
        Assert.Equal(7, (await engine.Rpc().RequestAsync(new Ask(7), Patient)).Number);
    }

    [Fact]
    public async Task A_command_whose_connection_is_lost_before_the_confirm_is_sent_again_with_the_same_id()
    {
        await using var broker = await servers.VirtualHostAsync();
        var ids = new ConcurrentDictionary<Guid, bool>();
        await using var worker = await broker.WorkerAsync(new Behaviour
        {
            OnAsk = (ask, context) =>
            {
                ids[context.MessageId] = true;
                return Task.FromResult(new Answer(ask.Number));
            },
        });
        await using var caller = await broker.NodeAsync();
        Task<Answer> request;
        using (broker.Freeze())
        {
            request = caller.Rpc().RequestAsync(new Ask(1), Patient);
            await caller.UntilInFlightAsync(1);
            await caller.Connections.Publish.Require().CloseAsync(320, "cut by the test", TimeSpan.FromSeconds(1), abort: true, CancellationToken.None);
        }

        Assert.Equal(1, (await request.WaitAsync(TimeSpan.FromSeconds(60))).Number);
        Assert.Single(ids);
    }
}
