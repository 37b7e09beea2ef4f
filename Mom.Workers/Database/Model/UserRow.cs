using Mom.Contracts.Users;

namespace Mom.Workers.Database.Model;

internal sealed class UserRow
{
    public Guid Id { get; init; }

    public required string FirstName { get; set; }

    public required string LastName { get; set; }

    /// <summary>In lower case, so that it is unique without regard to case.</summary>
    public required string Email { get; set; }

    public required string PasswordHash { get; set; }

    public required string Role { get; set; }

    /// <summary>Since when the user is locked; <see langword="null"/> when they are not.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public User ToContract() => new(Id, FirstName, LastName, Email, CreatedAt, UpdatedAt);
}
