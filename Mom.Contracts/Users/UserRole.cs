namespace Mom.Contracts.Users;

/// <summary>What a user may do; the value of the token's <c>role</c> claim.</summary>
public static class UserRole
{
    /// <summary>Orders jobs and sees their own.</summary>
    public const string User = "user";

    /// <summary>Sees and operates everything under <c>/admin</c>.</summary>
    public const string Admin = "admin";
}
