using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Recurring;

namespace Mom.Workers.Database.Model;

internal sealed class RecurringJobRow
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public required string Name { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>A <see cref="CreateJobBody"/> as JSON.</summary>
    public required string Job { get; init; }

    /// <summary>When it is due next; <see langword="null"/> while it is paused, and when it never is again.</summary>
    public DateTimeOffset? NextRunAt { get; set; }

    public bool Paused { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    public Guid? LastJobId { get; set; }

    /// <summary>Why it made no job the last time that it was due, for people.</summary>
    public string? Note { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public CreateJobBody Body() => JsonSerializer.Deserialize(Job, MomJsonContext.Default.CreateJobBody)!;

    public RecurringJob ToContract() => new(Id, Name, Cron, TimeZone, Body(), Paused, NextRunAt, LastRunAt, LastJobId, Note, CreatedAt, UpdatedAt);
}
