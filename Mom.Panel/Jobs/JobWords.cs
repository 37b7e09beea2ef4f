using System.Globalization;
using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>Texts for jobs and times.</summary>
internal static class JobWords
{
    private const int Named = 3;

    /// <summary>The operations with their results, the first few of them.</summary>
    public static string Title(this Job job)
    {
        var named = string.Join(" · ", job.Details.Take(Named).Select(detail => Expression.Solved(detail)));
        return job.Details.Count <= Named ? named : string.Create(CultureInfo.InvariantCulture, $"{named} · {job.Details.Count - Named} more");
    }

    /// <summary>The place of an operation in a graph; empty in a plain list, where the order says it.</summary>
    public static string Place(this JobDetail detail)
    {
        if (detail.After is null)
            return "";

        var before = string.Join(", ", detail.After.Concat((detail.Text is { } text ? [text] : detail.Numbers).Select(OperandSyntax.IdOf).OfType<string>()).Distinct(StringComparer.Ordinal));
        var order = detail switch
        {
            { Compensates: { } undone } => $"undoes {undone} if the job fails",
            { When: JobConditions.Failed } => $"if {string.Join(" or ", detail.After)} fails",
            _ when before.Length > 0 => $"after {before}",
            _ => "at once",
        };
        return detail.Id is null ? order : $"{detail.Id}: {order}";
    }

    /// <summary>When the first operation began; <see langword="null"/> while none has.</summary>
    public static DateTimeOffset? StartedAt(this Job job) => job.Details.Min(detail => detail.StartedAt);

    /// <summary>From the begin of the first operation to the end of the job; <see langword="null"/> while it has not ended, or never began.</summary>
    public static TimeSpan? Duration(this Job job) => job.Done && job.StartedAt() is { } began ? NotNegative(job.UpdatedAt - began) : null;

    /// <summary>How long the operation waited for a worker. The two times are of two clocks.</summary>
    public static TimeSpan? Waited(this JobDetail detail) => NotNegative(detail.StartedAt - detail.QueuedAt);

    /// <summary>How long its last attempt took, until its outcome was stored.</summary>
    public static TimeSpan? Ran(this JobDetail detail) => NotNegative(detail.FinishedAt - detail.StartedAt);

    /// <summary>A time span, to about three digits.</summary>
    public static string Words(this TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>As an attribute of <c>time-ago</c>, <c>local-time</c> and <c>elapsed-time</c>.</summary>
    public static string Iso(this DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static TimeSpan? NotNegative(TimeSpan? time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
