namespace Mom.Workers.Database.Users;

internal static class UserEmail
{
    /// <summary>The form in which addresses are stored and compared.</summary>
#pragma warning disable CA1308 // Lower case is how people write addresses.
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();
#pragma warning restore CA1308
}
