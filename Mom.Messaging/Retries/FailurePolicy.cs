using Mom.Messaging.Delays;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Retries;

/// <summary>
/// What becomes of a message whose handler fails: first immediate tries, then delayed ones, then the end. What is not set is as for every failure: no
/// immediate tries, the delays of the queue (<see cref="Topology.QueueDefinition.RetryDelays"/>), and a dead letter at the end.
/// </summary>
public sealed class FailurePolicy
{
    private const int MostImmediate = 10;
    private const int MostDelays = 100;

    private int _immediate;
    private IReadOnlyList<TimeSpan>? _delays;
    private bool _discards;

    internal FailurePolicy()
    {
    }

    /// <summary>
    /// Calls the handler again at once, in the process that has the message: for what passes by itself in milliseconds. It is the same attempt, and
    /// its place and the messages behind it wait meanwhile.
    /// </summary>
    /// <param name="times">How often, 1 to 10. All calls together must stay below the broker's <c>consumer_timeout</c> (30 minutes).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public FailurePolicy Immediately(int times)
    {
        OptionsCheck.InRange(times, 1, MostImmediate, "The number of immediate tries");
        _immediate = times;
        return this;
    }

    /// <summary>
    /// Further attempts after these delays in place of those of the queue, each rounded up to a second and with up to 20 % of jitter. They are the
    /// broker's, as those of <see cref="Publishing.PublishOptions.Delay"/>: the process may end, and a short one never waits behind a long one.
    /// </summary>
    /// <param name="delays">1 to 100 of them, each 1 s to 7 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number or a delay is out of its range.</exception>
    public FailurePolicy After(params IReadOnlyList<TimeSpan> delays)
    {
        ArgumentNullException.ThrowIfNull(delays);
        OptionsCheck.InRange(delays.Count, 1, MostDelays, "The number of delays");
        foreach (var delay in delays)
        {
            OptionsCheck.InRange(delay, DelayLevels.Wait(0), TimeSpan.FromDays(7), "A delay before a further attempt");
        }

        _delays = [.. delays];
        return this;
    }

    /// <summary>The end is a dead letter; without delays of its own (<see cref="After"/>) the message becomes one at once.</summary>
    public FailurePolicy DeadLetter() => End(discards: false);

    /// <summary>
    /// The end is that the message is dropped, with a warning in the log; without delays of its own (<see cref="After"/>) at once. The caller of a
    /// request is told that it failed.
    /// </summary>
    public FailurePolicy Discard() => End(discards: true);

    internal FailureRule For(Func<Exception, bool> covers) => new(covers, _immediate, _delays, _discards);

    private FailurePolicy End(bool discards)
    {
        _delays ??= [];
        _discards = discards;
        return this;
    }
}
