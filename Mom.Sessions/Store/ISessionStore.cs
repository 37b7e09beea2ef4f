namespace Mom.Sessions.Store;

/// <summary>
/// Where sessions live. A token is worth something only while its session is here and says that it is its token. Every method throws an
/// exception that <see cref="Redis.MomRedis.IsAway"/> recognises when the store cannot be reached.
/// </summary>
public interface ISessionStore
{
    /// <summary>Starts a session that lives as long as a token does, unless it is renewed.</summary>
    Task<OpenSession> StartAsync(SessionData data, SessionOrigin origin);

    /// <summary>Looks up a token. A token that was renewed away and comes after its grace ends the session, for all who have a token of it.</summary>
    Task<SessionVerdict> CheckAsync(Guid userId, string sid, string tokenId);

    /// <summary>Whether a session lives, whichever of its tokens was used. For connections that were opened with a token that was good then.</summary>
    Task<bool> IsAliveAsync(Guid userId, string sid);

    /// <summary>Gives the session another token, and the present one a few seconds for what is under way. One of two who do it at once succeeds.</summary>
    Task<SessionRenewal> RenewAsync(Guid userId, string sid, string tokenId);

    /// <summary>Ends a session for all its tokens, and tells the sockets.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> EndAsync(Guid userId, string sid);

    /// <summary>Ends all sessions of a user, but for one of them.</summary>
    /// <param name="kept">The one that stays; <see langword="null"/> for none.</param>
    /// <returns>How many were ended.</returns>
    Task<int> EndOthersAsync(Guid userId, string? kept);

    /// <summary>The sessions of a user, the youngest first.</summary>
    Task<IReadOnlyList<SessionInfo>> ListAsync(Guid userId);
}
