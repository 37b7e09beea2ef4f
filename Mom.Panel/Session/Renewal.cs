namespace Mom.Panel.Session;

/// <summary>When to renew a session: only while its user is active.</summary>
internal static class Renewal
{
    /// <summary>How long before the end the user is warned.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromSeconds(60);

    /// <param name="lastActivity">The last time that the user touched, typed or scrolled.</param>
    public static RenewalStep Next(DateTimeOffset issuedAt, DateTimeOffset expiresAt, DateTimeOffset lastActivity, DateTimeOffset now)
    {
        if (now >= expiresAt)
            return RenewalStep.End;

        // From half of the token's lifetime on, so that there is time for many retries.
        var half = issuedAt + ((expiresAt - issuedAt) / 2);
        if (now >= half && lastActivity > issuedAt)
            return RenewalStep.Renew;

        return now >= expiresAt - Warning ? RenewalStep.Warn : RenewalStep.Wait;
    }
}

/// <summary>What to do before a session ends (see <see cref="Renewal"/>).</summary>
internal enum RenewalStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Ask the API for a new token.</summary>
    Renew,

    /// <summary>The user has been inactive since the token was issued, and it expires soon: warn.</summary>
    Warn,

    /// <summary>The session has ended.</summary>
    End,
}
