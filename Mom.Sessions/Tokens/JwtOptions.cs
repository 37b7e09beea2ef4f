namespace Mom.Sessions.Tokens;

/// <summary>The section <c>Jwt</c> of the configuration.</summary>
public sealed class JwtOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Jwt";

    /// <summary>
    /// Signs tokens: a private key on the curve P-256, PKCS #8 in base64. Only for the service that issues tokens; no other one gets it. It
    /// checks them as well.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// Check tokens: public keys on the curve P-256, each SubjectPublicKeyInfo in base64, separated by commas. A service that only checks
    /// tokens has the key that signs now, and while keys are exchanged also the former or the next one.
    /// </summary>
    public string PublicKeys { get; set; } = "";

    /// <summary>How long a token, and a session that is not renewed, is valid: 1 s to 1 day. Default 360 s.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(360);
}
