using System.Text;
using Mom.Contracts;
using Mom.Contracts.Operations;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Security;

/// <summary>What somebody can do who has taken over the math worker, and has its login: in the running system, with a bare AMQP client.</summary>
[Trait("Group", "security")]
public sealed class OneLoginTests(MomStack stack)
{
    [Fact]
    public async Task With_one_services_login_nobody_reads_passwords_answers_for_another_or_sends_its_commands()
    {
        var system = await stack.SystemAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.MathWorker)) }.CreateConnectionAsync();

        await RefusedAsync(connection, channel => channel.BasicConsumeAsync(MomQueues.DbQueries, autoAck: true, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel)));
        await RefusedAsync(connection, channel => channel.QueueDeclareAsync("mom.reply.math-worker.1", durable: false, exclusive: true, autoDelete: true));
        await RefusedAsync(connection, channel => channel.QueueDeleteAsync(MomQueues.MathSteps));
        await RefusedAsync(connection, channel => SendAsync(channel, MomTopology.CommandExchange, MomQueues.DbQueries, "user.find-credentials.v1", """{"email":"admin@mom.local"}"""));
        await RefusedAsync(connection, channel => SendAsync(channel, MomTopology.CommandExchange, "db.commands.urgent", "job.reconcile-all.v1", """{"idleSeconds":0,"by":"nobody"}"""));
        // A reply to a login of somebody else, with a hash of the attacker's own.
        await RefusedAsync(connection, channel => SendAsync(channel, MomTopology.ReplyExchange, "mom.reply.api.1", "user.credentials.v1", """{"passwordHash":"x","role":"admin"}"""));
        await RefusedAsync(connection, channel => SendAsync(channel, string.Empty, "mom.reply.api.1", "user.credentials.v1", """{"passwordHash":"x","role":"admin"}"""));
        await RefusedAsync(connection, channel => SendAsync(channel, MomTopology.EventExchange, "job.changed", "job.changed.v1", "{}"));
        // The broker knows whose connection it is.
        await RefusedAsync(connection, channel => SendAsync(channel, MomTopology.CommandExchange, MomQueues.DbCommands, "job.reconcile-all.v1", "{}", user: MomUsers.Api), "PRECONDITION_FAILED - user_id");
    }

    // It may write to this queue, for there its results go: what else it sends there is not handled.
    [Theory]
    [InlineData("job.reconcile-all.v1", """{"idleSeconds":0,"by":"nobody"}""")]
    [InlineData("user.create.v1", """{"userId":"0197a000-0000-7000-8000-000000000001","firstName":"E","lastName":"Ve","email":"eve@example.org","passwordHash":"x"}""")]
    public async Task A_command_that_is_not_its_own_becomes_a_dead_letter_that_says_whose_it_was(string type, string body)
    {
        var system = await stack.SystemAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.MathWorker)) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var id = await SendAsync(channel, MomTopology.CommandExchange, MomQueues.DbCommands, type, body, MomUsers.MathWorker, replyTo: MomQueues.MathSteps);

        using var admin = await ApiUser.AdminAsync(system);
        DeadLetter? letter = null;
        await Eventually.TrueAsync(async () => (letter = await FindAsync()) is not null, "it should be a dead letter");

        Assert.Equal(("SenderRefused", type), (letter!.Reason, letter.Type));
        Assert.Contains("'math-worker', and is accepted from api", letter.ExceptionMessage, StringComparison.Ordinal);

        // Nor does a person who replays it, without looking, make it the db worker's own.
        await admin.PostAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}/replay");
        await Eventually.TrueAsync(async () => await FindAsync() is { Deaths: 2, Reason: "SenderRefused" }, "it should be refused again");

        async Task<DeadLetter?> FindAsync() =>
            (await admin.GetAsync<IReadOnlyList<DeadLetter>>("/admin/dead-letters?queue=db.commands")).FirstOrDefault(candidate => candidate.MessageId == id);
    }

    // A broker before 4.0 looks at the key of a message, and not at the queues that its headers have it copied to.
    [Fact]
    public async Task A_copy_that_a_header_sends_to_a_queue_of_another_is_refused_there()
    {
        var system = await stack.SystemAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.MathWorker)) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var id = Guid.CreateVersion7();
        var properties = new BasicProperties
        {
            Type = "user.find-credentials.v1",
            MessageId = $"{id}",
            CorrelationId = $"{id}",
            Priority = 10,
            UserId = MomUsers.MathWorker,
            ReplyTo = "mom.reply.math-worker.1",
            Headers = new Dictionary<string, object?> { ["CC"] = new List<object?> { MomQueues.DbQueries } },
        };
        var refused = await Record.ExceptionAsync(
            () => channel.BasicPublishAsync(MomTopology.CommandExchange, MomQueues.DbCommands, mandatory: true, properties, """{"email":"admin@mom.local"}"""u8.ToArray()).AsTask());
        if (refused is not null)
        {
            Assert.Contains("ACCESS_REFUSED", channel.CloseReason?.ReplyText, StringComparison.Ordinal);
            return;
        }

        using var admin = await ApiUser.AdminAsync(system);
        foreach (var queue in (string[])[MomQueues.DbCommands, MomQueues.DbQueries])
        {
            await Eventually.TrueAsync(
                async () => (await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?queue={queue}")).Any(letter => letter.MessageId == id && letter.Reason == "SenderRefused"),
                $"it should be a dead letter of {queue}");
        }
    }

    private static async Task RefusedAsync(IConnection connection, Func<IChannel, Task> act, string why = "ACCESS_REFUSED")
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var refused = await Record.ExceptionAsync(() => act(channel));
        Assert.NotNull(refused);
        Assert.Contains(why, channel.CloseReason?.ReplyText ?? $"{refused}", StringComparison.Ordinal);
    }

    private static async Task<Guid> SendAsync(IChannel channel, string exchange, string key, string type, string body, string? user = null, string? replyTo = null)
    {
        var id = Guid.CreateVersion7();
        var properties = new BasicProperties { Type = type, MessageId = $"{id}", Priority = 5, UserId = user, ReplyTo = replyTo, CorrelationId = $"{id}" };
        await channel.BasicPublishAsync(exchange, key, mandatory: false, properties, Encoding.UTF8.GetBytes(body));
        return id;
    }
}
