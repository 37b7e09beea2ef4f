using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Rpc;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Security;

/// <summary>Who may send a message, and where its reply may go: as the broker has verified it, and not as the message says.</summary>
[Trait("Group", "security")]
public sealed class SenderTests(DataServers servers)
{
    private const string Body = """{"number":1}""";

    [Fact]
    public async Task A_message_is_handled_only_when_a_user_sent_it_who_may()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (friend, stranger) = (await broker.AddUserAsync(), await broker.AddUserAsync());
        var handled = new Counter();
        await using var worker = await broker.WorkerAsync(Counting(handled), options => options.AllowedSenders = [friend.UserName]);

        await PublishAsync(stranger, NodeTopology.Work, new BasicProperties { UserId = stranger.UserName });
        await PublishAsync(stranger, NodeTopology.Work, new BasicProperties());
        await PublishAsync(friend, NodeTopology.Work, new BasicProperties { UserId = friend.UserName });
        // What its own process sends to its own queue it could as well do at once.
        await worker.Publisher.PublishAsync(new Work(1));

        var refused = await broker.TakeAllAsync("test.work.dead", 2);
        Assert.All(refused, letter => Assert.Equal("SenderRefused", letter.Header(MessageHeaders.DeadReason)));
        Assert.Equal(
            [
                $"Not handled: it was sent by a client that names no user, and is accepted from {friend.UserName}.",
                $"Not handled: it was sent by the broker user '{stranger.UserName}', and is accepted from {friend.UserName}.",
            ],
            refused.Select(letter => letter.Header(MessageHeaders.ExceptionMessage)).Order(StringComparer.Ordinal));
        await handled.ReachesAsync(2, "the others should be handled");
        Assert.Equal(2, handled.Value);
    }

    [Fact]
    public async Task One_kind_of_message_can_have_senders_of_its_own()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (asker, worker) = (await broker.AddUserAsync(), await broker.AddUserAsync());
        var handled = new Counter();
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(Counting(handled));
                messaging.AddConsumer(NodeTopology.Work, options => options.AllowedSenders = [asker.UserName])
                    .Answer<Ask, Answer, AskHandler>()
                    .From([worker.UserName]).Handle<Work, WorkHandler>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);

        await PublishAsync(asker, NodeTopology.Work, new BasicProperties { UserId = asker.UserName });
        await PublishAsync(worker, NodeTopology.Work, new BasicProperties { UserId = worker.UserName });
        await handled.ReachesAsync(1, "the message of the one who may send it should be handled");
        Assert.Equal(asker.UserName, (await broker.TakeAllAsync("test.work.dead", 1))[0].Header(MessageHeaders.Sender));
    }

    [Fact]
    public async Task A_user_cannot_say_that_it_is_another()
    {
        await using var broker = await servers.VirtualHostAsync();
        await broker.DeclareAsync(NodeTopology.Default);
        var stranger = await broker.AddUserAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(stranger, NodeTopology.Work, new BasicProperties { UserId = "guest" }));

        Assert.Contains("PRECONDITION_FAILED - user_id property set to 'guest'", $"{refused}", StringComparison.Ordinal);
        Assert.Equal(0u, await broker.CountAsync(NodeTopology.Work));
    }

    // A retry is published by the consumer's own user: it must neither make the message the consumer's own, nor let a forged name pass.
    [Fact]
    public async Task A_retry_is_still_the_senders_own_and_a_name_in_a_header_is_not_believed()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (friend, stranger, own) = (await broker.AddUserAsync(), await broker.AddUserAsync(), await broker.AddUserAsync());
        var attempts = new Counter();
        var second = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var behaviour = new Behaviour
        {
            OnWork = (_, context) =>
            {
                if (attempts.Add() == 1)
                {
                    throw new InvalidOperationException("told to fail");
                }

                second.TrySetResult($"{context.Attempt} {context.Headers[MessageHeaders.Sender]}");
                return Task.CompletedTask;
            },
        };
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton<IConnectionFactory>(own);
                messaging.Services.AddSingleton(behaviour);
                messaging.AddConsumer(NodeTopology.Work, options => options.AllowedSenders = [friend.UserName]).Handle<Work, WorkHandler>();
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);

        await PublishAsync(stranger, NodeTopology.Work, new BasicProperties { UserId = stranger.UserName, Headers = new Dictionary<string, object?> { [MessageHeaders.Sender] = friend.UserName } });
        Assert.Equal(stranger.UserName, (await broker.TakeAllAsync("test.work.dead", 1))[0].Header(MessageHeaders.Sender));

        await PublishAsync(friend, NodeTopology.Work, new BasicProperties { UserId = friend.UserName });
        Assert.Equal($"2 {friend.UserName}", await second.Task.PatientlyAsync("the message should be tried again"));
    }

    [Theory]
    [InlineData("test.notes")]
    [InlineData("mom.reply.somebody.1")]
    public async Task A_request_whose_reply_would_go_to_another_queue_than_its_senders_is_parked_and_answered_by_nobody(string queue)
    {
        await using var broker = await servers.VirtualHostAsync();
        var stranger = await broker.AddUserAsync();
        var handled = new Counter();
        await using var worker = await broker.WorkerAsync(Counting(handled));
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        if (queue != NodeTopology.Notes)
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        }

        // Even where the broker would take it there.
        await channel.QueueBindAsync(queue, NodeTopology.Default.ReplyExchange, queue);

        await PublishAsync(stranger, NodeTopology.Work, new BasicProperties { UserId = stranger.UserName, Type = "test.ask.v1", ReplyTo = queue, CorrelationId = "1" });

        var letter = (await broker.TakeAllAsync("test.work.dead", 1))[0];
        Assert.Equal("SenderRefused", letter.Header(MessageHeaders.DeadReason));
        Assert.Contains($"its reply-to is '{queue}'", letter.Header(MessageHeaders.ExceptionMessage), StringComparison.Ordinal);
        Assert.Equal(0u, await broker.CountAsync(queue));
        Assert.Equal(0, handled.Value);
    }

    [Fact]
    public async Task A_reply_is_accepted_only_from_a_user_who_may_give_it()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (honest, stranger) = (await broker.AddUserAsync(), await broker.AddUserAsync());
        await broker.DeclareAsync(NodeTopology.Default);
        await using var client = await EngineHost.StartAsync(
            broker,
            messaging => messaging.Services.AddSingleton(new ReplyOptions { AllowedSenders = [honest.UserName] }),
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        await Eventually.TrueAsync(() => Task.FromResult(client.Services.GetRequiredService<ReplyConsumer>().Queue is not null), "the client should have its reply queue");

        var answer = client.Rpc().RequestAsync(new Ask(1), RpcOptions.Query with { Timeout = TimeSpan.FromMinutes(2) });
        var request = (await broker.TakeAllAsync(NodeTopology.Work, 1))[0].BasicProperties;
        Assert.StartsWith("mom.reply.guest.", request.ReplyTo, StringComparison.Ordinal);
        await ReplyAsync(stranger, request, 666);
        // Behind the stranger's in the same queue.
        await ReplyAsync(honest, request, 7);

        Assert.Equal(7, (await answer).Number);
    }

    private static Task ReplyAsync(ConnectionFactory user, IReadOnlyBasicProperties request, int number) => PublishAsync(
        user,
        request.ReplyTo!,
        new BasicProperties { UserId = user.UserName, Type = "test.answer.v1", CorrelationId = request.CorrelationId },
        $$"""{"number":{{number}}}""",
        NodeTopology.Default.ReplyExchange);

    private static async Task PublishAsync(ConnectionFactory user, string key, BasicProperties properties, string body = Body, string? exchange = null)
    {
        properties.Type ??= "test.work.v1";
        properties.MessageId = $"{Guid.NewGuid()}";
        properties.Priority = 3;
        await using var connection = await user.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync(exchange ?? NodeTopology.Default.CommandExchange, key, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    private static Behaviour Counting(Counter handled) => new()
    {
        OnWork = (_, _) =>
        {
            handled.Add();
            return Task.CompletedTask;
        },
        OnAsk = (ask, _) =>
        {
            handled.Add();
            return Task.FromResult(new Answer(ask.Number));
        },
    };
}
