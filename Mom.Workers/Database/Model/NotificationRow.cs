using Mom.Contracts.Notifications;

namespace Mom.Workers.Database.Model;

internal sealed class NotificationRow
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public required string Kind { get; init; }

    public required string Text { get; init; }

    public Guid? JobId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; set; }

    public Notification ToContract() => new(Id, Kind, Text, JobId, CreatedAt, ReadAt);
}
