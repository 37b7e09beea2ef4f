using System.Security.Cryptography;
using System.Text;
using Mom.Contracts;

namespace Mom.AppHost.Model.Access;

/// <summary>
/// The users of Redis and their permissions by key, channel and command: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/.
/// Everything else is refused.
/// </summary>
internal static class CacheUsers
{
    // The minimum for a client: log in, set its name, read the server's version and role; and the key and channel on which clients of
    // StackExchange.Redis announce a new primary. No CLIENT LIST or KILL: they belong to @admin. These rules come
    // after those of the user, which may remove INFO with the rest of @dangerous.
    private const string Client = "+@connection -@admin -@dangerous +info +subscribe +unsubscribe %R~__Booksleeve_TieBreak &__Booksleeve_MasterChanged";

    // The heartbeat of a worker, and the set of paused queues.
    private const string Worker = $"~{MomCacheKeys.Workers} ~worker:* %R~{MomCacheKeys.PausedQueues} +set +setex +psetex +zadd +zremrangebyscore +smembers";

    // Commands on its own keys, scripts included: Redis checks the keys of a script too. No commands that list the names of other keys.
    private const string AnyOnItsKeys = "+@read +@write +@scripting -@dangerous -@blocking -scan -randomkey -dbsize -function -script +script|load +script|exists";

    private static readonly IReadOnlyList<(string User, string Rules)> Table =
    [
        (MomUsers.Api, $"~session:* ~throttle:* ~rate:jobs:* ~{MomCacheKeys.Users} ~{MomCacheKeys.PausedQueues} %R~{MomCacheKeys.Workers} %R~worker:* &mom:session-ended {AnyOnItsKeys} +time +publish"),
        (MomUsers.DbWorker, $"{Worker} ~{MomCacheKeys.Users} ~job:*:cancelled:* ~session:*:access &{MomCacheKeys.CancelledRuns} +del +unlink +eval +evalsha +hmget +hset +pexpire +publish"),
        (MomUsers.MathWorker, $"{Worker} %R~job:*:cancelled:* &{MomCacheKeys.CancelledRuns} +exists"),
        // Channels: those of SignalR's backplane.
        (MomUsers.Socket, "%R~session:* &mom:* +get +exists +hmget +publish"),
    ];

    /// <summary>The users that have a password of their own.</summary>
    public static IEnumerable<string> Names => Table.Select(row => row.User);

    /// <summary>The lines of an ACL file. The user <c>default</c> is the administrator; services are given no password of it.</summary>
    /// <param name="passwords">Of every user, and of <c>default</c>.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyDictionary<string, string> passwords) =>
    [
        $"user default on #{Hash(passwords["default"])} ~* &* +@all",
        .. Table.Select(row => $"user {row.User} on #{Hash(passwords[row.User])} resetchannels -@all {row.Rules} {Client}"),
    ];

    private static string Hash(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
