namespace Mom.Contracts.Users;

/// <summary>Body of <c>POST /user/password</c>.</summary>
public sealed record ChangePasswordBody(string? CurrentPassword = null, string? NewPassword = null);
