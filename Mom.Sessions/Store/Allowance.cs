using Microsoft.AspNetCore.Http;

namespace Mom.Sessions.Store;

/// <summary>
/// A bucket of tokens in Redis, of which a request takes one in the step in which its session is looked up: one round trip does both, and a request
/// without a session takes nothing. It is the same for all replicas. (The bucket is kept as one number, the time at which it is full again: the
/// generic cell rate algorithm, ITU-T I.371.)
/// </summary>
/// <param name="Bucket">Where it is. It expires when it is full. In a Redis cluster it must be in the slot of the user's sessions: with the user's id, without hyphens and in braces, in its key.</param>
/// <param name="PerSecond">Tokens that come back each second, 1 or more.</param>
/// <param name="AtOnce">Tokens that it holds, 1 or more.</param>
/// <param name="Counted">Where it is noted that this very request was counted: sent again it takes no second token, up to ten times within ten minutes. <see langword="null"/> for a request that is never sent again.</param>
/// <param name="FreeRole">Users of this role take none.</param>
public sealed record Allowance(string Bucket, int PerSecond, int AtOnce, string? Counted, string FreeRole);

/// <summary>Metadata of an endpoint whose requests take a token of an <see cref="Allowance"/>.</summary>
public interface IRequestAllowance
{
    /// <summary>The bucket of a request. It is called before anything of the request but its token was checked.</summary>
    Allowance AllowanceOf(HttpContext http, Guid userId);
}

/// <summary>How the taking of a token ended.</summary>
public static class AllowanceResult
{
    /// <summary>How long until there is a token for this request; <see langword="null"/> when it got one, or needs none.</summary>
    public static TimeSpan? AllowanceWait(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Items[typeof(Allowance)] as TimeSpan?;
    }

    internal static void SetAllowanceWait(this HttpContext http, TimeSpan? wait) => http.Items[typeof(Allowance)] = wait;
}
