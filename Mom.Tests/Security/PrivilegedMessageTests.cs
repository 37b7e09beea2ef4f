using System.Reflection;
using System.Text;
using Mom.Contracts;
using Mom.Contracts.Callers;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging;
using Mom.Testing;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Security;

/// <summary>What is for administrators the db worker does for those whom the API has vouched for: a login at the broker is not enough, and not even that of the API.</summary>
[Trait("Group", "security")]
public sealed class PrivilegedMessageTests(MomStack stack)
{
    private const string Refused = "mom.failure.v1";

    private static readonly Caller Admin = new(Guid.NewGuid(), "ann@example.org", UserRole.Admin);

    /// <summary>Every message that is for administrators; a handler that is added to them belongs here.</summary>
    public static TheoryData<string, string, string> Messages => new()
    {
        { MomQueues.DbCommands, "job.reconcile-all.v1", """{"idleSeconds":100000,"by":"eve"}""" },
        { MomQueues.DbCommands, "job.reconcile.v1", """{"jobId":"0197a000-0000-7000-8000-000000000001","by":"eve"}""" },
        { MomQueues.DbCommands, "dead-letter.replay.v1", """{"id":1,"by":"eve"}""" },
        { MomQueues.DbCommands, "dead-letter.edit.v1", """{"id":1,"body":"{}","by":"eve"}""" },
        { MomQueues.DbCommands, "dead-letter.discard.v1", """{"id":1,"reason":"x","by":"eve"}""" },
        { MomQueues.DbCommands, "dead-letter.operation.start.v1", """{"id":"0197a000-0000-7000-8000-000000000001","kind":"replay","filter":{},"dryRun":true,"perSecond":1,"by":"eve"}""" },
        { MomQueues.DbCommands, "user.change-role.v1", """{"userId":"0197a000-0000-7000-8000-000000000001","role":"admin"}""" },
        { MomQueues.DbCommands, "user.change-lock.v1", """{"userId":"0197a000-0000-7000-8000-000000000001","locked":true}""" },
        { MomQueues.DbCommands, "user.end-sessions.v1", """{"userId":"0197a000-0000-7000-8000-000000000001"}""" },
        { MomQueues.DbCommands, "job.cancel-any.v1", """{"jobId":"0197a000-0000-7000-8000-000000000001"}""" },
        { MomQueues.DbCommands, "job.retry-any.v1", """{"jobId":"0197a000-0000-7000-8000-000000000001"}""" },
        { MomQueues.DbQueries, "user.audit.list.v1", """{"userId":"0197a000-0000-7000-8000-000000000001","limit":10}""" },
        { MomQueues.DbQueries, "user.list.v1", """{"limit":10}""" },
        { MomQueues.DbQueries, "overview.get.v1", "{}" },
        { MomQueues.DbQueries, "ledger.get.v1", "{}" },
        { MomQueues.DbQueries, "job.list-all.v1", """{"page":1,"pageSize":10}""" },
        { MomQueues.DbQueries, "user.list-all.v1", """{"page":1,"pageSize":10}""" },
        { MomQueues.DbQueries, "dead-letter.list.v1", """{"filter":{},"page":1,"pageSize":10}""" },
        { MomQueues.DbQueries, "dead-letter.get.v1", """{"id":1}""" },
        { MomQueues.DbQueries, "dead-letter.groups.get.v1", """{"filter":{}}""" },
        { MomQueues.DbQueries, "dead-letter.operation.get.v1", """{"id":"0197a000-0000-7000-8000-000000000001"}""" },
        { MomQueues.DbQueries, "dead-letter.operation.list.v1", """{"limit":10}""" },
    };

    [Fact]
    public void Every_request_of_the_administrators_is_among_them() => Assert.Equal(
        typeof(GetOverview).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(GetOverview).Namespace)
            .Select(type => type.GetCustomAttribute<MessageAttribute>())
            .Where(message => message?.Queue is not null)
            .Select(message => message!.Name)
            .Concat(["user.list.v1", "user.change-role.v1", "user.change-lock.v1", "user.end-sessions.v1"])
            // It fails and changes nothing, no matter who sends it.
            .Except(["demo.poison.v1"], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
        Messages.Select(row => row.Data.Item2).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Without_an_administrator_it_is_refused(string queue, string type, string body)
    {
        var system = await stack.SystemAsync();
        using var signer = new CallerSigner(RunSettings.CallerPrivateKey, TimeProvider.System);
        using var forger = new CallerSigner(P256KeyPair.New(), TimeProvider.System);
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.Api)) }.CreateConnectionAsync();

        foreach (var assertion in (Func<Guid, string?>[])
            [
                _ => null,
                id => forger.Sign(Admin, id, type),
                id => signer.Sign(Admin with { Role = UserRole.User }, id, type),
            ])
        {
            Assert.Equal(Refused, (await AskAsync(connection, queue, type, body, assertion)).Type);
        }
    }

    [Fact]
    public async Task The_audit_trail_names_the_caller_who_was_verified_and_not_the_one_whom_the_message_names()
    {
        var system = await stack.SystemAsync();
        using var signer = new CallerSigner(RunSettings.CallerPrivateKey, TimeProvider.System);
        using var admin = await ApiUser.AdminAsync(system);
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.Api)) }.CreateConnectionAsync();
        var message = await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "nonsense.v1", "{}");
        DeadLetter? letter = null;
        await Eventually.TrueAsync(
            async () => (letter = (await admin.GetAsync<IReadOnlyList<DeadLetter>>("/admin/dead-letters?queue=db.commands")).FirstOrDefault(one => one.MessageId == message)) is not null,
            "it should be a dead letter");

        const string Type = "dead-letter.discard.v1";
        await AskAsync(connection, MomQueues.DbCommands, Type, $$"""{"id":{{letter!.Id}},"reason":"nonsense","by":"eve@example.org"}""", id => signer.Sign(Admin, id, Type));

        var detail = await admin.GetAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}");
        Assert.Equal((Admin.Email, "discarded"), (detail.Audit[^1].By, detail.Audit[^1].Action));
    }

    private static async Task<(string Type, byte[] Body)> AskAsync(IConnection connection, string queue, string type, string body, Func<Guid, string?> assertion)
    {
        await using var channel = await connection.CreateChannelAsync();
        var replies = await channel.QueueDeclareAsync($"mom.reply.{MomUsers.Api}.{Guid.NewGuid():N}", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(replies.QueueName, MomTopology.ReplyExchange, replies.QueueName);
        var id = Guid.CreateVersion7();
        var properties = new BasicProperties { Type = type, MessageId = $"{id}", CorrelationId = $"{id}", ReplyTo = replies.QueueName, Priority = 10, UserId = MomUsers.Api };
        if (assertion(id) is { } text)
        {
            properties.Headers = new Dictionary<string, object?> { [Caller.Header] = text };
        }

        await channel.BasicPublishAsync(MomTopology.CommandExchange, queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        BasicGetResult? reply = null;
        await Eventually.TrueAsync(async () => (reply = await channel.BasicGetAsync(replies.QueueName, autoAck: true)) is not null, $"'{type}' should be answered");
        return (reply!.BasicProperties.Type!, reply.Body.ToArray());
    }
}
