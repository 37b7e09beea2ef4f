namespace Mom.Panel.Session;

/// <summary>Names of claims, the same in the API's token and in the panel's cookie.</summary>
internal static class PanelClaims
{
    public const string AccessToken = "access_token";
    public const string Email = "email";
    public const string ExpiresAt = "exp";
    public const string FirstName = "given_name";
    public const string IssuedAt = "iat";
    public const string LastName = "family_name";
    public const string Role = "role";
    public const string SessionId = "sid";
    public const string Subject = "sub";
}
