using System.ComponentModel.DataAnnotations;

namespace Mom.Workers.Database.Jobs.Turns;

/// <summary>How much of the system one user may take. Configuration section <c>Jobs:PerUser</c>.</summary>
internal sealed class UserJobOptions
{
    public const string Section = "Jobs:PerUser";

    /// <summary>
    /// Jobs of a user with an operation on a queue or at a worker; the others wait in the database, the oldest of the highest priority first. Default 16: half of what two
    /// math workers work on at a time.
    /// </summary>
    [Range(1, 1_000_000)]
    public int UnderWay { get; set; } = 16;

    /// <summary>Jobs of a user that are not done, scheduled ones included. One more is refused. Default 1,000.</summary>
    [Range(1, 100_000_000)]
    public int Unfinished { get; set; } = 1_000;
}
