using System.Text.Json;
using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Contracts.Users;
using StackExchange.Redis;

namespace Mom.Api.Users;

/// <summary>The list of users in Redis, for all replicas. The db worker drops it when somebody registers.</summary>
internal sealed class UserListCache(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<User>> GetAsync(Func<Task<IReadOnlyList<User>>> read)
    {
        var database = redis.GetDatabase();
        var cached = await database.StringGetAsync(MomCacheKeys.Users);
        if (!cached.IsNull)
        {
            return JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)cached).Span, MomJsonContext.Default.IReadOnlyListUser)!;
        }

        var users = await read();
        await database.StringSetAsync(MomCacheKeys.Users, JsonSerializer.SerializeToUtf8Bytes(users, MomJsonContext.Default.IReadOnlyListUser), Lifetime);
        return users;
    }
}
