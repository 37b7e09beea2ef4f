using System.Globalization;

namespace Mom.Messaging.EntityFrameworkCore.Reconciling;

/// <summary>Since when the queues are empty that could hold a message, and so how long nothing need be heard of it before it counts as lost.</summary>
internal sealed class LossSuspicion(ReconcilingOptions options)
{
    private DateTimeOffset? _emptySince;

    /// <summary>Notes what the broker said.</summary>
    /// <param name="ready">Messages in those queues; <see langword="null"/> when the broker could not be asked.</param>
    /// <param name="now">When it said so.</param>
    public void Note(long? ready, DateTimeOffset now) => _emptySince = ready == 0 ? _emptySince ?? now : null;

    /// <summary>How long nothing may be heard of what a message stands for before the message counts as lost.</summary>
    // One look at empty queues proves nothing: the message may just have been taken.
    public TimeSpan Patience(DateTimeOffset now) =>
        now - _emptySince >= options.WhenQueuesAreEmpty ? options.WhenQueuesAreEmpty : options.InAnyCase;

    /// <summary>Why its message is sent again, for people.</summary>
    public string Reason(DateTimeOffset now, DateTimeOffset lastHeard)
    {
        var silence = string.Create(CultureInfo.InvariantCulture, $"Nothing was heard of it for {(now - lastHeard).TotalSeconds:0} s");
        return now - _emptySince >= options.WhenQueuesAreEmpty ? $"{silence}, and no queue holds a message of it." : $"{silence}.";
    }
}
