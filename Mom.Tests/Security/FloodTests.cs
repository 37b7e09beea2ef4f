using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Mom.Api.Jobs.Limits;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Users;
using Mom.Sessions;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;
using Mom.Tests.Support;
using Npgsql;
using StackExchange.Redis;

namespace Mom.Tests.Security;

/// <summary>One user who takes all that can be taken, and everybody else.</summary>
[Trait("Group", "security")]
public sealed class FloodTests(MomStack stack)
{
    private const int Flood = 150;
    private const int ConnectionsPerUser = MomStack.ConnectionsPerUser;
    private const string OneOperation = """{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""";

    private static readonly string ManyOperations =
        $$"""{"type":"math","details":[{{string.Join(',', Enumerable.Repeat("""{"method":"factors","numbers":"360"}""", 10))}}]}""";

    [Fact]
    public async Task The_one_job_of_one_user_is_done_before_the_backlog_of_another_is()
    {
        var system = await stack.SystemAsync();
        using var greedy = await ApiUser.RegisterAsync(system.Api);
        using var modest = await ApiUser.RegisterAsync(system.Api);
        var backlog = new List<Job>();
        await Parallel.ForAsync(0, Flood, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var job = await greedy.CreateJobAsync(ManyOperations);
            lock (backlog)
            {
                backlog.Add(job);
            }
        });

        await modest.DoneAsync((await modest.CreateJobAsync(OneOperation)).Id);

        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");
        await using var waiting = database.CreateCommand($"select count(*) from jobs where user_id = '{greedy.Session.Id}' and waiting");
        Assert.True((long)(await waiting.ExecuteScalarAsync(TestContext.Current.CancellationToken))! > 0, "Jobs of the other user should still wait for their turn.");
        // Cancelled at any stage, they leave nothing behind: what waits is not begun any more.
        await Parallel.ForEachAsync(backlog, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (job, _) => await greedy.PostStatusAsync($"/job/{job.Id}/cancel"));
        await using var open = database.CreateCommand($"select count(*) from jobs where user_id = '{greedy.Session.Id}' and (waiting or status in ('Queued', 'Running'))");
        await Eventually.TrueAsync(async () => (long)(await open.ExecuteScalarAsync())! == 0, "every job should have ended");
    }

    [Fact]
    public async Task One_connection_too_many_is_refused_and_those_of_others_go_on()
    {
        var system = await stack.SystemAsync();
        using var greedy = await ApiUser.RegisterAsync(system.Api);
        using var modest = await ApiUser.RegisterAsync(system.Api);
        var connections = new List<Listener>();
        try
        {
            for (var i = 0; i < ConnectionsPerUser; i++)
            {
                connections.Add(await Listener.ConnectAsync(system.Socket, greedy));
                await connections[i].TakenAsync();
            }

            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Listener.ConnectAsync(system.Socket, greedy));
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            await using var other = await Listener.ConnectAsync(system.Socket, modest);
            await other.DoneAsync((await modest.CreateJobAsync(OneOperation)).Id);
            Assert.All(connections, connection => Assert.False(connection.Closed.IsCompleted));

            await connections[0].DisposeAsync();
            await Eventually.TrueAsync(async () =>
            {
                try
                {
                    connections[0] = await Listener.ConnectAsync(system.Socket, greedy);
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }, "there should be room again once one has gone");
        }
        finally
        {
            await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Orders_come_at_a_rate_that_all_replicas_share_and_an_order_that_is_sent_again_is_not_counted_again()
    {
        var system = await stack.SystemAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(system.Connections.Redis);
        await using var another = await ConnectionMultiplexer.ConnectAsync(system.Connections.Redis);
        var rate = new JobRate(Options.Create(new JobRateOptions { PerSecond = 1, AtOnce = 1_000 }));
        RedisSessionStore[] replicas = [Store(redis), Store(another)];
        var (user, order) = (await LogInAsync(replicas[0], UserRole.User), Guid.NewGuid().ToString());

        Assert.Null(await OrderAsync(replicas[0], rate, user, order));
        await EmptyAsync(redis, user.Id);
        for (var again = 0; again < 9; again++)
        {
            Assert.Null(await OrderAsync(replicas[again % 2], rate, user, order));
        }

        // The eleventh time it is no longer free.
        Assert.Equal(TimeSpan.FromSeconds(1), await OrderAsync(replicas[0], rate, user, order));
        await EmptyAsync(redis, user.Id);
        Assert.Equal(TimeSpan.FromSeconds(1), await OrderAsync(replicas[1], rate, user));
        Assert.Null(await OrderAsync(replicas[1], rate, await LogInAsync(replicas[0], UserRole.User)));
        var administrator = await LogInAsync(replicas[0], UserRole.Admin);
        await EmptyAsync(redis, administrator.Id);
        Assert.Null(await OrderAsync(replicas[1], rate, administrator));
    }

    [Fact]
    public async Task Orders_of_a_former_token_count_and_those_without_a_session_do_not()
    {
        var system = await stack.SystemAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(system.Connections.Redis);
        var rate = new JobRate(Options.Create(new JobRateOptions { PerSecond = 1, AtOnce = 1_000 }));
        var store = Store(redis);
        var former = await LogInAsync(store, UserRole.User);
        await store.RenewAsync(former.Id, former.Session, former.Token);

        Assert.Null(await OrderAsync(store, rate, former));
        Assert.True(await redis.GetDatabase().KeyExistsAsync(MomCacheKeys.JobAllowance(former.Id)), "An order with a former token should count.");
        await EmptyAsync(redis, former.Id);
        Assert.NotNull(await OrderAsync(store, rate, former));

        var gone = await LogInAsync(store, UserRole.User);
        await store.EndAsync(gone.Id, gone.Session);
        var (verdict, _) = await store.CheckAsync(gone.Id, gone.Session, gone.Token, rate.AllowanceOf(new DefaultHttpContext(), gone.Id));
        Assert.Equal(SessionState.Over, verdict.State);
        Assert.False(await redis.GetDatabase().KeyExistsAsync(MomCacheKeys.JobAllowance(gone.Id)), "An order without a session should not count.");
    }

    [Fact]
    public async Task Who_orders_too_fast_or_has_too_many_jobs_that_are_not_done_is_told_when_to_come_back()
    {
        var system = await stack.SystemAsync();
        using var fast = await ApiUser.RegisterAsync(system.Api);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(system.Connections.Redis);
        await EmptyAsync(redis, fast.Session.Id);
        await AssertTooManyAsync(fast, "faster");
        await redis.GetDatabase().KeyDeleteAsync(MomCacheKeys.JobAllowance(fast.Session.Id));
        await fast.CreateJobAsync(OneOperation);

        using var full = await ApiUser.RegisterAsync(system.Api);
        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");
        await using var fill = database.CreateCommand(
            $"""
             insert into jobs (id, user_id, type, status, run_at, created_at, updated_at, reconciliations)
             select gen_random_uuid(), '{full.Session.Id}', 'math', 'Scheduled', now() + interval '1 year', now(), now(), 0 from generate_series(1, 1000)
             """);
        await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await AssertTooManyAsync(full, "1,000 jobs");
        await using var empty = database.CreateCommand($"delete from jobs where user_id = '{full.Session.Id}'");
        await empty.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await full.CreateJobAsync(OneOperation);
    }

    private static RedisSessionStore Store(ConnectionMultiplexer redis) => new(redis, Options.Create(new JwtOptions()), Options.Create(new SessionOptions()));

    private static async Task<(Guid Id, string Session, string Token)> LogInAsync(RedisSessionStore store, string role)
    {
        var user = new User(Guid.NewGuid(), "Ann", "Lee", "ann@example.org", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        var session = await store.StartAsync(new SessionData(user, role), new SessionOrigin("127.0.0.1", "test"));
        return (user.Id, session.Id, session.TokenId);
    }

    /// <returns>How long until the user may order; <see langword="null"/> for at once.</returns>
    private static async Task<TimeSpan?> OrderAsync(RedisSessionStore replica, JobRate rate, (Guid Id, string Session, string Token) user, string? key = null)
    {
        var http = new DefaultHttpContext();
        if (key is not null)
        {
            http.Request.Headers["Idempotency-Key"] = key;
        }

        var (verdict, wait) = await replica.CheckAsync(user.Id, user.Session, user.Token, rate.AllowanceOf(http, user.Id));
        Assert.True(verdict.IsGood, $"The session should be good, but is {verdict.State}.");
        return wait;
    }

    // As if it were full again only in the year 2100: whatever time passes, the next order finds it empty.
    private static Task<bool> EmptyAsync(ConnectionMultiplexer redis, Guid user) => redis.GetDatabase().StringSetAsync(MomCacheKeys.JobAllowance(user), "4102444800000000");

    private static async Task AssertTooManyAsync(ApiUser user, string reason)
    {
        using var answer = await user.PostAsync("/job", OneOperation);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.TooManyRequests, $"It should be 429, but is {(int)answer.StatusCode}: {text}");
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), "It should say when to come back.");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }
}
