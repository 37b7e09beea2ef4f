using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Retries;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Engine;

/// <summary>What becomes of a failed message by the kind of its failure. Without a policy the queue has three attempts.</summary>
[Trait("Group", "broker")]
public sealed class FailurePolicyTests(DataServers servers)
{
    private const string Dead = $"{NodeTopology.Work}.dead";

    private readonly ConcurrentQueue<int> _attempts = new();
    private readonly Counter _calls = new();

    [Fact]
    public async Task Immediate_tries_are_of_one_attempt_and_come_before_the_delayed_ones()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await StartAsync(
            broker, () => _calls.Value < 5 ? new TimeoutException() : null, consumer => consumer.OnFailure<TimeoutException>(policy => policy.Immediately(2)));

        await engine.Publisher.PublishAsync(new Work(1));

        await _calls.ReachesAsync(5, "it should be tried again");
        Assert.Equal([1, 1, 1, 2, 2], _attempts);
        await engine.StopAsync();
        Assert.Equal(0u, await broker.CountAsync(Dead));
    }

    [Fact]
    public async Task A_failure_that_another_try_does_not_mend_is_a_dead_letter_at_once()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await StartAsync(
            broker, () => new FormatException("no number"), consumer => consumer.OnFailure<FormatException>(policy => policy.DeadLetter()).OnFailure<Exception>(policy => policy.Discard()));

        await engine.Publisher.PublishAsync(new Work(1));

        var letter = Assert.Single(await broker.TakeAllAsync(Dead, 1));
        Assert.Equal(nameof(DeadLetterReason.PermanentFailure), letter.Header(MessageHeaders.DeadReason));
        Assert.Equal([1], _attempts);
    }

    [Fact]
    public async Task What_is_to_be_discarded_is_dropped_and_the_caller_of_a_request_is_told()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await StartAsync(
            broker,
            () => new InvalidOperationException("stale"),
            consumer => consumer.OnFailure<InvalidOperationException>(policy => policy.Immediately(1).Discard(), when: failure => failure.Message == "stale"));

        await engine.Publisher.PublishAsync(new Work(1));
        await Assert.ThrowsAsync<RequestFailedException>(() => engine.Rpc().RequestAsync(new Ask(2)));

        await _calls.ReachesAsync(4, "both should be tried twice");
        // Acked, whatever became of it: nothing is left anywhere.
        await engine.StopAsync();
        foreach (var queue in new[] { NodeTopology.Work, Dead, $"{NodeTopology.Work}.retry.1.v3", $"{NodeTopology.Work}.retry.2.v3" })
        {
            Assert.Equal(0u, await broker.CountAsync(queue));
        }
    }

    [Fact]
    public async Task Delays_of_a_policy_are_in_place_of_those_of_the_queue()
    {
        await using var broker = await servers.VirtualHostAsync();
        var started = TimeProvider.System.GetTimestamp();
        await using var engine = await StartAsync(
            broker, () => new TimeoutException(), consumer => consumer.OnFailure<TimeoutException>(policy => policy.After(TimeSpan.FromSeconds(1))));

        await engine.Publisher.PublishAsync(new Work(1), new() { Priority = 7 });

        var letter = Assert.Single(await broker.TakeAllAsync(Dead, 1));
        Assert.Equal(nameof(DeadLetterReason.AttemptsExhausted), letter.Header(MessageHeaders.DeadReason));
        Assert.Equal([1, 2], _attempts);
        Assert.Equal(7, letter.BasicProperties.Priority);
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1), "The second attempt should come no sooner than after its delay.");
    }

    [Fact]
    public async Task What_the_engine_knows_by_itself_no_policy_changes()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await StartAsync(
            broker, () => new PermanentFailureException("never"), consumer => consumer.OnFailure<Exception>(policy => policy.Immediately(3).Discard()));

        await engine.Publisher.PublishAsync(new Work(1));

        Assert.Single(await broker.TakeAllAsync(Dead, 1));
        Assert.Equal([1], _attempts);
    }

    [Fact]
    public void A_policy_that_cannot_work_is_refused_with_a_sentence()
    {
        Refused(policy => policy.Immediately(11), "The number of immediate tries is 11. Set it to 1 to 10.");
        Refused(policy => policy.After(), "The number of delays is 0.");
        Refused(policy => policy.After(TimeSpan.FromDays(8)), "A delay before a further attempt is 8.00:00:00.");

        static void Refused(Action<FailurePolicy> configure, string sentence) =>
            Assert.StartsWith(sentence, Assert.Throws<ArgumentOutOfRangeException>(() => configure(new FailurePolicy())).Message, StringComparison.Ordinal);
    }

    private Task<EngineHost> StartAsync(VirtualHost broker, Func<Exception?> failure, Action<ConsumerBuilder> policy)
    {
        return EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(new Behaviour
                {
                    OnWork = (_, context) => ActAsync(context),
                    OnAsk = async (ask, context) => { await ActAsync(context); return new Answer(ask.Number); },
                });
                policy(messaging.AddConsumer(NodeTopology.Work, options => options.Concurrency = 1).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>());
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);

        Task ActAsync(MessageContext context)
        {
            _attempts.Enqueue(context.Attempt);
            _calls.Add();
            return failure() is { } exception ? Task.FromException(exception) : Task.CompletedTask;
        }
    }
}
