namespace Mom.Sessions.Store;

/// <summary>
/// Where sessions live. A token is worth something only while its session is here. Every method throws an exception that
/// <see cref="Redis.MomRedis.IsAway"/> recognises when the store cannot be reached.
/// </summary>
public interface ISessionStore
{
    /// <summary>Starts a session that lives as long as a token does.</summary>
    /// <returns>The session's id, the token's <c>sid</c>.</returns>
    Task<string> StartAsync(SessionData data);

    /// <summary>Whether the session lives: it was neither ended nor forgotten.</summary>
    Task<bool> IsAliveAsync(string sid);

    /// <summary>Lets the session live for another token's lifetime.</summary>
    /// <returns><see langword="null"/> when there is no such session any more; it is not brought back.</returns>
    Task<SessionData?> RenewAsync(string sid);

    /// <summary>Ends the session for all its tokens, and tells the sockets.</summary>
    Task EndAsync(string sid);
}
