namespace Mom.Sessions.Store;

/// <summary>
/// Looks sessions up. A token is worth something only while its session is there and says that it is its token. Every method throws an exception
/// that <see cref="Redis.MomRedis.IsUnavailable"/> recognises when sessions cannot be looked up.
/// </summary>
public interface ISessionLookup
{
    /// <summary>Looks up a token.</summary>
    Task<SessionVerdict> CheckAsync(Guid userId, string sid, string tokenId);

    /// <summary>Whether a session lives, whichever of its tokens was used. For connections that were opened with a token that was good then.</summary>
    Task<bool> IsAliveAsync(Guid userId, string sid);
}
