namespace Mom.Contracts.Users;

/// <summary>How hard a password is to guess from its hash.</summary>
public static class PasswordHashing
{
    /// <summary>
    /// Iterations of PBKDF2-HMAC-SHA512: what the
    /// <see href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2">OWASP Password Storage Cheat Sheet</see>
    /// recommends.
    /// </summary>
    public const int Iterations = 210_000;
}
