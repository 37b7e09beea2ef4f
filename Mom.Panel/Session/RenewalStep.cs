namespace Mom.Panel.Session;

/// <summary>What to do about a session's end (see <see cref="Renewal"/>).</summary>
internal enum RenewalStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Ask the API for a new token.</summary>
    Renew,

    /// <summary>The user was away since the token was made, and it ends soon: say so.</summary>
    Warn,

    /// <summary>The session is over.</summary>
    End,
}
