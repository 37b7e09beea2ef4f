namespace Mom.Workers.Database.Model;

/// <summary>Which job of a user holds a key. There is one row for each key, and so one job.</summary>
internal sealed class JobKeyRow
{
    public Guid UserId { get; init; }

    public required string Key { get; init; }

    public Guid JobId { get; set; }

    /// <summary>Until when it holds the key, also when it is done; <see langword="null"/> for as long as it is not done.</summary>
    public DateTimeOffset? Until { get; set; }
}
