using System.ComponentModel.DataAnnotations;

namespace Mom.Api.Jobs.Limits;

/// <summary>How fast one user may order jobs, over all replicas of the API. Configuration section <c>Jobs:Rate</c>.</summary>
internal sealed class JobRateOptions
{
    public const string Section = "Jobs:Rate";

    /// <summary>Jobs per second, for as long as the user likes. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int PerSecond { get; set; } = 50;

    /// <summary>Jobs at once, after a time in which the user ordered fewer. Default 200.</summary>
    [Range(1, 1_000_000)]
    public int AtOnce { get; set; } = 200;
}
