using Microsoft.Extensions.Options;
using Mom.Api.Throttling;
using Mom.Tests.Support;
using StackExchange.Redis;

namespace Mom.Tests.Security;

/// <summary>Attempts are counted in Redis, the same for all replicas.</summary>
[Trait("Group", "security")]
public sealed class ThrottleTests(MomStack stack)
{
    // In seconds. Long enough that none ends while a busy machine looks.
    private const int FirstWait = 60;

    private readonly string _email = $"{Guid.NewGuid():N}@example.org";

    [Fact]
    public async Task Of_many_attempts_at_once_over_two_replicas_only_the_free_ones_get_through()
    {
        await using var here = await ReplicaAsync();
        await using var there = await ReplicaAsync();

        var waits = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => WaitAsync(i % 2 == 0 ? here : there, $"10.0.{i}.1")));

        Assert.Equal(5, waits.Count(wait => wait is null));
        Assert.All(waits.OfType<int>(), wait => Assert.InRange(wait, 1, FirstWait));
    }

    [Fact]
    public async Task Each_wait_is_twice_as_long_as_the_one_before_up_to_a_limit()
    {
        await using var replica = await ReplicaAsync();
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(await WaitAsync(replica));
        }

        foreach (var expected in new[] { FirstWait, 120, 240, 480, 900, 900 })
        {
            Assert.Null(await WaitAsync(replica));
            var wait = Assert.NotNull(await WaitAsync(replica));
            Assert.InRange(wait, expected - (FirstWait / 2), expected);
            // Asking again makes the wait no longer.
            Assert.InRange(Assert.NotNull(await WaitAsync(replica)), 1, wait);
            await replica.LetPassAsync();
        }
    }

    [Fact]
    public async Task A_stranger_who_guesses_does_not_keep_the_owner_out_of_a_place_that_is_known()
    {
        await using var replica = await ReplicaAsync();
        await (await replica.Attempts.BeginLoginAsync(_email, "10.0.0.1")).SucceededAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await WaitAsync(replica, $"10.9.{i}.1"));
        }

        Assert.NotNull(await WaitAsync(replica, "10.9.9.9"));
        // The owner, where they have been before; the address is written in another way.
        Assert.Null(await WaitAsync(replica, "10.0.0.1", _email.ToUpperInvariant()));
        Assert.NotNull(await WaitAsync(replica, "10.9.9.9"));
    }

    [Fact]
    public async Task A_success_forgets_the_failures_of_the_account_and_takes_none_from_the_address()
    {
        await using var replica = await ReplicaAsync(options => options.LoginsPerAddress = 3);
        for (var i = 0; i < 10; i++)
        {
            await (await replica.Attempts.BeginLoginAsync(_email, "10.1.1.1")).SucceededAsync();
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await WaitAsync(replica, "10.1.1.1", $"{i}{_email}"));
        }

        Assert.NotNull(await WaitAsync(replica, "10.1.1.1", $"more{_email}"));
    }

    [Fact]
    public void Without_settings_five_failures_are_free_and_the_waits_go_from_a_second_to_a_quarter_of_an_hour()
    {
        var options = new ThrottleOptions();
        Assert.Equal((5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), (options.LoginsPerAccount, options.FirstDelay, options.LongestDelay));
    }

    [Fact]
    public async Task What_fails_for_a_reason_of_the_servers_is_no_attempt()
    {
        await using var replica = await ReplicaAsync();
        for (var i = 0; i < 10; i++)
        {
            var attempt = await replica.Attempts.BeginLoginAsync(_email, "10.0.0.1");
            await Assert.ThrowsAsync<TimeoutException>(() => attempt.OrTakeBackAsync<int>(() => throw new TimeoutException()));
        }

        Assert.Null(await WaitAsync(replica));
    }

    private Task<int?> WaitAsync(Replica replica, string address = "10.0.0.1") => WaitAsync(replica, address, _email);

    private static async Task<int?> WaitAsync(Replica replica, string address, string email)
    {
        try
        {
            await replica.Attempts.BeginLoginAsync(email, address);
            return null;
        }
        catch (ThrottledException throttled)
        {
            return throttled.RetryAfterSeconds;
        }
    }

    private async Task<Replica> ReplicaAsync(Action<ThrottleOptions>? set = null)
    {
        var redis = await SecurityCalls.RedisAsync(await stack.SystemAsync());
        // Of this test alone: addresses are the same in all of them.
        var options = new ThrottleOptions { LoginsPerAddress = 1_000_000, FirstDelay = TimeSpan.FromSeconds(FirstWait) };
        set?.Invoke(options);
        await redis.GetDatabase().KeyDeleteAsync([.. redis.GetServers()[0].Keys(pattern: "throttle:{all}:login:address:*")]);
        return new Replica(redis, options);
    }

    private sealed class Replica(ConnectionMultiplexer redis, ThrottleOptions options) : IAsyncDisposable
    {
        public Attempts Attempts { get; } = new(new Throttle(redis, Options.Create(options)), Options.Create(options));

        /// <summary>As if every wait were over.</summary>
        public async Task LetPassAsync()
        {
            foreach (var key in redis.GetServers()[0].Keys(pattern: "throttle:{all}:login:*"))
            {
                await redis.GetDatabase().HashDeleteAsync(key, "until");
            }
        }

        public ValueTask DisposeAsync() => redis.DisposeAsync();
    }
}
