using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Recurring;

/// <summary>A job that is made again and again, as its user and everybody outside the database sees it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Cron">When it is due: see <see cref="Recurrence"/>.</param>
/// <param name="TimeZone">The zone whose clocks count, by its IANA name.</param>
/// <param name="Job">What is ordered each time, as a body of <c>POST /job</c>.</param>
/// <param name="Paused">Whether it makes no jobs until it is resumed.</param>
/// <param name="NextRunAt">When it is due next; <see langword="null"/> while it is paused, and when it is never due again.</param>
/// <param name="LastRunAt">When it was due last, of the times at which it made a job.</param>
/// <param name="LastJobId">The job that it made then.</param>
/// <param name="Note">Why it made no job the last time that it was due, or was paused without being asked; <see langword="null"/> when it did make one.</param>
[Message("recurring.v1")]
public sealed record RecurringJob(
    Guid Id,
    string Name,
    string Cron,
    string TimeZone,
    CreateJobBody Job,
    bool Paused,
    DateTimeOffset? NextRunAt,
    DateTimeOffset? LastRunAt,
    Guid? LastJobId,
    string? Note,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>Body of <c>POST /recurring</c>.</summary>
/// <param name="Name">1 to <see cref="RecurringLimits.NameLength"/> characters.</param>
/// <param name="Cron">Five fields: minute, hour, day of the month, month, day of the week. See <see cref="Recurrence"/>.</param>
/// <param name="TimeZone">An IANA name, such as <c>Europe/Ljubljana</c>; without it <c>UTC</c>.</param>
/// <param name="Job">A body of <c>POST /job</c> without <c>runAt</c>.</param>
public sealed record RecurringJobBody(string? Name = null, string? Cron = null, string? TimeZone = null, CreateJobBody? Job = null);

/// <summary>What a recurring job may hold at most. The API refuses more before anything reaches a queue.</summary>
public static class RecurringLimits
{
    /// <summary>Recurring jobs of a user, the paused ones included.</summary>
    public const int PerUser = 50;

    /// <summary>Characters of a name.</summary>
    public const int NameLength = 100;
}

/// <summary>Codes with which a request about recurring jobs is refused.</summary>
public static class RecurringErrors
{
    /// <summary>There is no such recurring job, or it belongs to somebody else: the answer does not tell which.</summary>
    public const string NotFound = "recurring.not-found";

    /// <summary>The user has <see cref="RecurringLimits.PerUser"/> of them.</summary>
    public const string TooMany = "recurring.too-many";

    /// <summary>The idempotency key was used for another recurring job before.</summary>
    public const string IdempotencyConflict = "recurring.idempotency-conflict";
}
