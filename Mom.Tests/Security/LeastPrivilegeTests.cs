using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mom.Contracts;
using Mom.Testing;
using Mom.Tests.Support;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace Mom.Tests.Security;

/// <summary>
/// What each service's login may do at each server: all that is tried and not named is refused. The rows are those of docs/least-privilege.md.
/// </summary>
[Trait("Group", "security")]
[Trait("System", "own")]
public sealed class LeastPrivilegeTests(ServersWithUsers servers) : IClassFixture<ServersWithUsers>
{
    private const string AccessRefused = "ACCESS_REFUSED";

    // A digit for each of the 28 levels of delays.
    private const string InFiveSeconds = "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.1.";

    // Which queues, keys and exchanges are tried with every user.
    private static readonly string[] Queues =
    [
        "db.commands", "db.commands.urgent", "db.commands.suspects", "db.commands.dead", "db.queries", "math.steps", "math.steps.suspects", "math.steps.solo",
        "math.steps.retry.1.v3", "math.steps.dead", "text.steps", "text.steps.dead", "socket.notifications", "socket.notifications.dead", "mom.delay.level.00.v2",
    ];

    private static readonly string[] Tried =
    [
        .. Queues.Select(queue => $"consume {queue}"),
        .. Queues.Select(queue => $"send mom.messages {queue}"),
        "send mom.events job.changed", "send mom.replies mom.reply.api.1", "send mom.replies db.queries", "send mom.delay.delivery.v2 q.db.commands",
        $"send mom.delay.level.02.v2 {InFiveSeconds}q.db.commands", $"send mom.delay.level.02.v2 {InFiveSeconds}q.math.steps", "send mom.delay.level.02.v2 q.db.commands",
        .. Queues.Select(queue => $"send (default) {queue}"),
        "declare queue intruder", "declare queue mom.reply.api.1", "declare queue mom.reply.socket.1", "declare exchange intruder", "delete queue math.steps", "purge queue db.commands",
        "bind mom.events to mom.reply.api.1", "bind mom.messages to mom.reply.api.1", "bind mom.replies to mom.reply.api.1",
    ];

    public static TheoryData<string, string[]> BrokerRows => new()
    {
        {
            MomUsers.Api,
            [
                "send mom.messages db.commands", "send mom.messages db.commands.urgent", "send mom.messages db.queries",
                "declare queue mom.reply.api.1", "bind mom.replies to mom.reply.api.1",
            ]
        },
        {
            MomUsers.DbWorker,
            [
                "consume db.commands", "consume db.commands.urgent", "consume db.commands.suspects", "consume db.queries",
                "consume db.commands.dead", "consume math.steps.dead", "consume text.steps.dead", "consume socket.notifications.dead",
                "send mom.messages db.commands", "send mom.messages db.commands.urgent", "send mom.messages db.commands.suspects", "send mom.messages db.commands.dead",
                "send mom.messages db.queries", "send mom.messages math.steps", "send mom.messages text.steps", "send mom.messages socket.notifications",
                "send mom.events job.changed", "send mom.replies mom.reply.api.1", "purge queue db.commands",
                $"send mom.delay.level.02.v2 {InFiveSeconds}q.db.commands",
            ]
        },
        {
            MomUsers.MathWorker,
            [
                "consume math.steps", "consume math.steps.suspects", "consume math.steps.solo",
                "send mom.messages db.commands", "send mom.messages math.steps", "send mom.messages math.steps.suspects", "send mom.messages math.steps.solo",
                "send mom.messages math.steps.retry.1.v3", "send mom.messages math.steps.dead",
                "consume text.steps", "send mom.messages text.steps", "send mom.messages text.steps.dead",
            ]
        },
        {
            MomUsers.Socket,
            ["consume socket.notifications", "send mom.messages socket.notifications", "send mom.messages socket.notifications.dead"]
        },
        {
            MomUsers.Deployer,
            ["consume math.steps.retry.1.v3", "consume mom.delay.level.00.v2", "delete queue math.steps"]
        },
        { MomUsers.ApiMonitoring, [] },
    };

    [Theory]
    [MemberData(nameof(BrokerRows))]
    public async Task At_the_broker_a_user_may_do_its_row_and_nothing_else(string user, string[] may)
    {
        await using var administrator = await ConnectAsync(servers.System.Connections.RabbitMq);
        await using var declaring = await administrator.CreateChannelAsync();
        await using var connection = await ConnectAsync(servers.System.Connections.RabbitMqAs(user));
        var done = new List<string>();
        foreach (var what in Tried)
        {
            if (what.StartsWith("bind", StringComparison.Ordinal))
            {
                await declaring.QueueDeclareAsync("mom.reply.api.1", durable: true, exclusive: false, autoDelete: false);
            }

            if (await IsAllowedAsync(connection, what.Split(' ')))
            {
                done.Add(what);
            }

            foreach (var queue in (string[])["mom.reply.api.1", "mom.reply.socket.1", "intruder"])
            {
                await declaring.QueueDeleteAsync(queue);
            }
        }

        Assert.Equal(may.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
        // What was deleted the deployer declares again, for the rows to come.
        await Eventually.TrueAsync(() => ExistsAsync(administrator, MomQueues.MathSteps), "the queue should be there again");
    }

    [Theory]
    [InlineData(MomUsers.ApiMonitoring, true)]
    [InlineData(MomUsers.Api, false)]
    [InlineData(MomUsers.DbWorker, false)]
    [InlineData(MomUsers.MathWorker, false)]
    [InlineData(MomUsers.Socket, false)]
    [InlineData(MomUsers.Deployer, false)]
    public async Task Of_the_management_API_one_user_may_read_and_nobody_may_change(string user, bool reads)
    {
        using var http = new HttpClient { BaseAddress = new Uri(servers.System.Management) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{RunSettings.PasswordOf($"rabbitmq-{user}")}")));

        using var queues = await http.GetAsync("/api/queues/%2F");
        Assert.Equal(reads ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, queues.StatusCode);
        if (reads)
        {
            Assert.Contains("db.commands", await queues.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        foreach (var (method, path, body) in ((HttpMethod, string, string)[])
            [
                (HttpMethod.Put, "/api/users/intruder", """{"password":"x","tags":"administrator"}"""),
                (HttpMethod.Put, $"/api/permissions/%2F/{user}", """{"configure":".*","write":".*","read":".*"}"""),
                (HttpMethod.Delete, "/api/queues/%2F/socket.notifications", ""),
                (HttpMethod.Delete, "/api/queues/%2F/socket.notifications/contents", ""),
                (HttpMethod.Post, "/api/queues/%2F/db.commands/get", """{"count":1,"ackmode":"ack_requeue_true","encoding":"auto"}"""),
                (HttpMethod.Post, "/api/exchanges/%2F/mom.messages/publish", """{"properties":{},"routing_key":"db.commands","payload":"x","payload_encoding":"string"}"""),
                (HttpMethod.Get, "/api/definitions", ""),
            ])
        {
            using var request = new HttpRequestMessage(method, path) { Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await http.SendAsync(request);
            var says = await answer.Content.ReadAsStringAsync();
            // What goes on by AMQP is refused there.
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (answer.StatusCode == HttpStatusCode.BadRequest && says.Contains(AccessRefused, StringComparison.Ordinal)),
                $"{user}: {method} {path} was answered {(int)answer.StatusCode}: {says}");
        }
    }

    [Fact]
    public async Task Nobody_logs_in_with_a_password_that_everybody_knows() =>
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(new UriBuilder(servers.System.Connections.RabbitMq) { UserName = "guest", Password = "guest" }.Uri.ToString()));

    public static TheoryData<string, string, bool> DatabaseRows
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            foreach (var (sql, worker, owner) in ((string, bool, bool)[])
            [
                ("select count(*) from jobs", true, true),
                ("insert into write_probe (id, asked_at) values (2, now())", true, true),
                ("update users set role = role", true, true),
                ("delete from outbox", true, true),
                ("select count(*) from \"__EFMigrationsHistory\"", true, true),
                ("delete from \"__EFMigrationsHistory\"", false, true),
                ("create table intruder (id int)", false, true),
                ("alter table jobs add column intruder int", false, true),
                ("drop table write_probe", false, true),
                ("truncate write_probe", false, true),
                ("create schema intruder", false, true),
                ("create temporary table intruder (id int)", false, true),
                ("create function intruder() returns int language sql as 'select 1'", false, true),
                ("set role mom_owner", false, true),
                ("set role postgres", false, false),
                ("create role intruder superuser", false, false),
                ("alter role current_user superuser", false, false),
                ("alter role postgres password 'x'", false, false),
                ("create database intruder", false, false),
                ("select count(*) from pg_authid", false, false),
                ("copy jobs to program 'cat'", false, false),
                ("select pg_read_file('/etc/passwd')", false, false),
                ("select pg_reload_conf()", false, false),
                ("alter system set work_mem = '1GB'", false, false),
            ])
            {
                rows.Add("db_worker", sql, worker);
                rows.Add("mom_owner", sql, owner);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(DatabaseRows))]
    public async Task In_the_database_a_role_may_do_its_row_and_nothing_else(string role, string sql, bool may)
    {
        await using var source = NpgsqlDataSource.Create($"{servers.System.Connections.MomdbAs(role)};Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        // What is allowed is taken back; what cannot be in a transaction is refused before that.
        await using var transaction = sql.StartsWith("create database", StringComparison.Ordinal) || sql.StartsWith("alter system", StringComparison.Ordinal) ? null : await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var refusal = await Record.ExceptionAsync(command.ExecuteNonQueryAsync);

        if (may)
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, Assert.IsType<PostgresException>(refusal).SqlState);
        }
    }

    [Theory]
    [InlineData("mom_owner")]
    [InlineData("db_worker")]
    public async Task A_role_has_no_power_over_the_server(string role)
    {
        await using var source = NpgsqlDataSource.Create($"{servers.System.Connections.MomdbAs(role)};Pooling=false");
        await using var command = source.CreateCommand(
            "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or exists (select from pg_auth_members where member = pg_roles.oid) from pg_roles where rolname = current_user");
        Assert.Equal(false, await command.ExecuteScalarAsync());
    }

    private static readonly string[] Commands =
    [
        "get session:1", "set session:1 x", "set session:1 x ex 10", "getex session:1 ex 10", "del session:1", "exists session:1",
        "hmget session:1:access roles", "incr throttle:1", "get rate:jobs:1",
        "get users", "set users x", "del users",
        "smembers queues:paused", "sadd queues:paused intruder", "srem queues:paused intruder",
        "get worker:1", "set worker:1 x", "zadd workers 1 x", "zrangebyscore workers 0 1", "zremrangebyscore workers 0 1",
        "get job:1:cancelled:1", "set job:1:cancelled:1 x", "exists job:1:cancelled:1",
        "get intruder", "set intruder x", "eval return 1", "eval redis.call('get','intruder') 0",
        "publish mom:session-ended x", "publish mom:job-cancelled x", "publish mom:hub x", "publish intruder x",
        "keys *", "scan 0", "randomkey", "dbsize", "flushall", "flushdb", "config get *", "config set maxmemory 1", "acl list", "acl whoami", "client list", "client kill type normal",
        "info server", "save", "monitor", "replicaof no one", "module list", "function list", "script flush", "slowlog get", "swapdb 0 1", "ping",
    ];

    // "NOPERM No permissions to access a key"; within a script "The user executing the script can't access at least one of the keys".
    private static readonly string[] Refusals = ["NOPERM", "no permission", "can't access", "can't run this command"];

    private const string Common = "info server,ping";
    private const string OfAWorker = "smembers queues:paused,set worker:1 x,zadd workers 1 x,zremrangebyscore workers 0 1";

    [Theory]
    [InlineData(
        MomUsers.Api,
        Common + ",get session:1,set session:1 x,set session:1 x ex 10,getex session:1 ex 10,del session:1,exists session:1,hmget session:1:access roles,incr throttle:1,get rate:jobs:1,get users,set users x,del users," +
            "smembers queues:paused,sadd queues:paused intruder,srem queues:paused intruder,get worker:1,zrangebyscore workers 0 1,eval return 1,publish mom:session-ended x")]
    [InlineData(MomUsers.DbWorker, Common + "," + OfAWorker + ",del users,set users x,set job:1:cancelled:1 x,hmget session:1:access roles,eval return 1,publish mom:job-cancelled x")]
    [InlineData(MomUsers.MathWorker, Common + "," + OfAWorker + ",exists job:1:cancelled:1")]
    [InlineData(MomUsers.Socket, Common + ",get session:1,exists session:1,hmget session:1:access roles,publish mom:session-ended x,publish mom:job-cancelled x,publish mom:hub x")]
    public async Task In_Redis_a_user_may_do_its_row_and_nothing_else(string user, string may)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(servers.System.Connections.RedisAs(user));
        var database = redis.GetDatabase();
        var done = new List<string>();
        foreach (var line in Commands)
        {
            // A script's source has blanks.
            string[] words = line.StartsWith("eval ", StringComparison.Ordinal) ? ["eval", line["eval ".Length..].Replace(" 0", string.Empty, StringComparison.Ordinal), "0"] : line.Split(' ');
            try
            {
                await database.ExecuteAsync(words[0], [.. words.Skip(1)]);
                done.Add(line);
            }
            catch (RedisServerException refused) when (Array.Exists(Refusals, refusal => refused.Message.Contains(refusal, StringComparison.OrdinalIgnoreCase)))
            {
                // As it should be, or it is missing from the row below.
            }
            catch (RedisServerException)
            {
                // It may, and the command is not what it is about.
                done.Add(line);
            }
        }

        Assert.Equal(may.Split(',').Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wiped_broker_has_its_users_and_queues_again()
    {
        var system = servers.System;
        await system.StopAsync(ResourceNames.RabbitMq);
        system.Wipe(ResourceNames.RabbitMq);
        await system.StartAsync(ResourceNames.RabbitMq);
        await system.HealthyAsync(ResourceNames.RabbitMq);
        await system.HealthyAsync(ResourceNames.Deployer);

        await using var worker = await ConnectAsync(system.Connections.RabbitMqAs(MomUsers.MathWorker));
        Assert.True(await IsAllowedAsync(worker, ["consume", "math.steps"]));
        Assert.False(await IsAllowedAsync(worker, ["consume", "db.queries"]));
    }

    private static Task<IConnection> ConnectAsync(string uri) => new ConnectionFactory { Uri = new Uri(uri) }.CreateConnectionAsync();

    private static async Task<bool> ExistsAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(queue);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    // Each on a channel of its own, which the broker closes for what it refuses.
    private static async Task<bool> IsAllowedAsync(IConnection connection, string[] what)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        try
        {
            switch (what)
            {
                case ["consume", var queue]:
                    await channel.BasicGetAsync(queue, autoAck: false);
                    break;
                case ["send", var exchange, var key]:
                    // Without a body or a type: nobody is there to handle it.
                    await channel.BasicPublishAsync(exchange == "(default)" ? string.Empty : exchange, key, mandatory: false, body: default);
                    break;
                case ["declare", "queue", var queue]:
                    await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true);
                    await channel.QueueDeleteAsync(queue);
                    break;
                case ["declare", "exchange", var exchange]:
                    await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout);
                    break;
                case ["delete", "queue", var queue]:
                    await channel.QueueDeleteAsync(queue);
                    break;
                case ["purge", "queue", var queue]:
                    await channel.QueuePurgeAsync(queue);
                    break;
                case ["bind", var exchange, "to", var queue]:
                    await channel.QueueBindAsync(queue, exchange, queue);
                    break;
                default:
                    throw new ArgumentException($"Nobody knows how to {string.Join(' ', what)}.", nameof(what));
            }

            return true;
        }
        catch (Exception exception) when (channel.CloseReason is { } reason && reason.ReplyText.Contains(AccessRefused, StringComparison.Ordinal))
        {
            _ = exception;
            return false;
        }
    }
}
