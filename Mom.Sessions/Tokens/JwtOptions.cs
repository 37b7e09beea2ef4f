namespace Mom.Sessions.Tokens;

/// <summary>The section <c>Jwt</c> of the configuration.</summary>
public sealed class JwtOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Jwt";

    /// <summary>Secret that signs and checks tokens: base64 of at least 32 bytes.</summary>
    public string Key { get; set; } = "";

    /// <summary>How long a token, and a session that is not renewed, is valid: 1 s to 1 day. Default 360 s.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(360);
}
