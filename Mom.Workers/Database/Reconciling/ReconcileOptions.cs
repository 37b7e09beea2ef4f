using System.ComponentModel.DataAnnotations;
using Mom.Messaging.EntityFrameworkCore.Reconciling;

namespace Mom.Workers.Database.Reconciling;

/// <summary>When a job's current operation counts as lost. Configuration section <c>Jobs:Reconcile</c>.</summary>
internal sealed class ReconcileOptions
{
    public const string Section = "Jobs:Reconcile";

    /// <summary>How often is looked. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long nothing was heard of a job while every queue that could hold its message was empty. Longer than a message is in flight at
    /// most: two calls of the math service with 17 s of patience each. Default 90 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan WhenQueuesAreEmpty { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// How long nothing was heard of a job, whatever is in the queues. Longer than all retries with their delays take (about six
    /// minutes), and than the longest backlog should. Default 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan InAnyCase { get; set; } = TimeSpan.FromHours(1);

    public ReconcilingOptions ForService() => new(Period, WhenQueuesAreEmpty, InAnyCase);
}
