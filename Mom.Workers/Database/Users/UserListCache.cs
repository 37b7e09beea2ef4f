using Mom.Contracts;
using StackExchange.Redis;

namespace Mom.Workers.Database.Users;

/// <summary>Drops the list of users that the API keeps in Redis. A list that cannot be dropped goes out of date and expires by itself.</summary>
internal sealed partial class UserListCache(IServiceProvider services, ILogger<UserListCache> logger)
{
    public async Task DropAsync()
    {
        try
        {
            await services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().KeyDeleteAsync(MomCacheKeys.Users);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotDropped(exception.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The cached list of users could not be dropped: {Reason}")]
    private partial void LogNotDropped(string reason);
}
