namespace Mom.Contracts.Users;

/// <summary>Codes with which a request about users is refused.</summary>
public static class UserErrors
{
    /// <summary>Somebody has registered with this e-mail address already.</summary>
    public const string EmailTaken = "user.email-taken";

    /// <summary>There is no such user.</summary>
    public const string NotFound = "user.not-found";

    /// <summary>There is no other administrator.</summary>
    public const string LastAdministrator = "user.last-administrator";

    /// <summary>The password is not the one any more that was verified.</summary>
    public const string PasswordChanged = "user.password-changed";
}
