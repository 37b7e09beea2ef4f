using Microsoft.Extensions.Time.Testing;

namespace Mom.Messaging.Testing;

/// <summary>How a harness is started.</summary>
public sealed record HarnessOptions
{
    /// <summary>The time of all processes of the harness; by default it begins with the real one, to the second, and moves by <see cref="MessagingHarness.AdvanceAsync"/> alone.</summary>
    public FakeTimeProvider Time { get; init; } = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    /// <summary>
    /// Queues of services that take no part in the test. What is sent to them is kept and can be looked for as published; without them it is refused, as
    /// by a broker without that queue.
    /// </summary>
    public IReadOnlyList<string> OtherQueues { get; init; } = [];

    /// <summary>
    /// Topics, or patterns of them such as <c>order.#</c>, for which services subscribe that take no part in the test. An event that nobody takes is an error,
    /// unless its contract says <c>Mandatory = false</c>.
    /// </summary>
    public IReadOnlyList<string> OtherTopics { get; init; } = [];

    /// <summary>
    /// How long the harness waits, in real time, for handlers that are at work; default 30 s. It is the end of a test that hangs and not the measure of one
    /// that passes: a test that stops in a debugger may set it to <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often <see cref="MessagingHarness.AdvanceToEndAsync"/> moves the time at most, each time to the next message that is due; default 10,000. A message that
    /// its own handler schedules again never comes to an end.
    /// </summary>
    public int MostSteps { get; init; } = 10_000;
}
