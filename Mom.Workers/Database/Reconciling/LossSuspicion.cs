using System.Globalization;

namespace Mom.Workers.Database.Reconciling;

/// <summary>Since when the queues are empty that could hold the message of an operation, and so how long a job may be silent.</summary>
internal sealed class LossSuspicion(ReconcileOptions options)
{
    private DateTimeOffset? _emptySince;

    /// <summary>Notes what the broker said.</summary>
    /// <param name="ready">Messages in those queues; <see langword="null"/> when the broker could not be asked.</param>
    /// <param name="now">When it said so.</param>
    public void Note(long? ready, DateTimeOffset now) => _emptySince = ready == 0 ? _emptySince ?? now : null;

    /// <summary>How long nothing may be heard of a job before its message counts as lost.</summary>
    // One look at empty queues proves nothing: the message may just have been taken.
    public TimeSpan Patience(DateTimeOffset now) =>
        now - _emptySince >= options.WhenQueuesAreEmpty ? options.WhenQueuesAreEmpty : options.InAnyCase;

    /// <summary>Why a job is queued again, for people.</summary>
    public string Reason(DateTimeOffset now, DateTimeOffset lastHeard)
    {
        var silence = string.Create(CultureInfo.InvariantCulture, $"Nothing was heard of it for {(now - lastHeard).TotalSeconds:0} s");
        return now - _emptySince >= options.WhenQueuesAreEmpty ? $"{silence}, and no queue holds a message of it." : $"{silence}.";
    }
}
