namespace Mom.Sessions.Store;

/// <summary>What becomes of a token when its session is looked up.</summary>
public enum SessionState
{
    /// <summary>There is no such session: ended, idle for too long, at the end of its longest life, or forgotten with Redis.</summary>
    Over,

    /// <summary>It is the session's token.</summary>
    Good,

    /// <summary>It was renewed just now, and is good for requests that are under way; it cannot renew.</summary>
    Former,

    /// <summary>It was renewed before, and its grace is over: two hold tokens of one session. The session has been ended.</summary>
    Reused,

    /// <summary>The user's password was changed, or all their sessions were ended, since they logged in. The session has been ended.</summary>
    Revoked,
}

/// <summary>The answer of the store about a token.</summary>
/// <param name="Role">The present role of the user; empty when the session is over.</param>
public sealed record SessionVerdict(SessionState State, string Role)
{
    /// <summary>Whether a request with the token may go on.</summary>
    public bool IsGood => State is SessionState.Good or SessionState.Former;
}

/// <summary>The answer to a renewal.</summary>
/// <param name="Session"><see langword="null"/> unless it was renewed.</param>
public sealed record SessionRenewal(SessionState State, OpenSession? Session);
