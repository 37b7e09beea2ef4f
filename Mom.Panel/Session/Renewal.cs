namespace Mom.Panel.Session;

/// <summary>When to renew a session: while its user is active, and not for a browser that nobody sits at.</summary>
internal static class Renewal
{
    /// <summary>How long before the end the user is warned.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromSeconds(60);

    /// <param name="lastActivity">The last time that the user touched, typed or scrolled.</param>
    public static RenewalStep Next(DateTimeOffset issuedAt, DateTimeOffset expiresAt, DateTimeOffset lastActivity, DateTimeOffset now)
    {
        if (now >= expiresAt)
            return RenewalStep.End;

        // From half of the token's life on, so that a renewal that fails can be tried again many times.
        var half = issuedAt + ((expiresAt - issuedAt) / 2);
        if (now >= half && lastActivity > issuedAt)
            return RenewalStep.Renew;

        return now >= expiresAt - Warning ? RenewalStep.Warn : RenewalStep.Wait;
    }
}

/// <summary>What to do about a session's end (see <see cref="Renewal"/>).</summary>
internal enum RenewalStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Ask the API for a new token.</summary>
    Renew,

    /// <summary>The user has done nothing since the token was made, and it ends soon: say so.</summary>
    Warn,

    /// <summary>The session is over.</summary>
    End,
}
