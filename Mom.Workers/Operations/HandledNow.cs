using System.Collections.Concurrent;
using System.Diagnostics;
using Mom.Contracts.Operations;
using Mom.Messaging.Diagnostics;

namespace Mom.Workers.Operations;

/// <summary>The messages that are in flight in this process: it listens to the spans in which messages are handled, so that handlers need not tell.</summary>
internal sealed class HandledNow : IDisposable
{
    private const int Limit = 100;

    private readonly ConcurrentDictionary<Activity, byte> _open = new();
    private readonly ActivityListener _listener;

    public HandledNow()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => string.Equals(source.Name, MessagingActivities.SourceName, StringComparison.Ordinal),
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity =>
            {
                if (activity.Kind == ActivityKind.Consumer)
                {
                    _open.TryAdd(activity, 0);
                }
            },
            ActivityStopped = activity => _open.TryRemove(activity, out _),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<WorkInHand> List() =>
    [
        .. _open.Keys.OrderBy(activity => activity.StartTimeUtc).Take(Limit).Select(activity => new WorkInHand(
            Tag(activity, "messaging.destination.name") ?? string.Empty,
            Tag(activity, "mom.message.type") ?? $"{Tag(activity, "messaging.batch.message_count")} messages",
            Tag(activity, "messaging.message.id") ?? string.Empty,
            Tag(activity, "mom.job.id"),
            new DateTimeOffset(activity.StartTimeUtc))),
    ];

    public void Dispose() => _listener.Dispose();

    private static string? Tag(Activity activity, string name) => activity.GetTagItem(name)?.ToString();
}
