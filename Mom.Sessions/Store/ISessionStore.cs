namespace Mom.Sessions.Store;

/// <summary>
/// Where sessions live, for the service that issues their tokens. Here a token that was renewed away and comes after its grace ends the session, for
/// all who have a token of it.
/// </summary>
public interface ISessionStore : ISessionLookup
{
    /// <summary>Starts a session that lives as long as a token does, unless it is renewed.</summary>
    Task<OpenSession> StartAsync(SessionData data, SessionOrigin origin);

    /// <summary>Looks up a token, and takes a token of an allowance where the session is good. One round trip.</summary>
    /// <returns>Also how long until there is a token for the request; <see langword="null"/> when it got one, or needs none.</returns>
    Task<(SessionVerdict Verdict, TimeSpan? Wait)> CheckAsync(Guid userId, string sid, string tokenId, Allowance allowance);

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
