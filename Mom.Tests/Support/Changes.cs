namespace Mom.Tests.Support;

/// <summary>
/// The signal of something in this process that changes, such as what handlers have done so far: a test awaits a condition, and it is
/// looked at again at each change, not every so often.
/// </summary>
internal sealed class Changes
{
    private TaskCompletionSource _next = NewSignal();

    /// <summary>Called after each change.</summary>
    public void Happened() => Interlocked.Exchange(ref _next, NewSignal()).SetResult();

    public Task UntilAsync(Func<bool> condition, string expectation) => UntilAsync(condition, () => expectation);

    /// <param name="condition">What is looked at.</param>
    /// <param name="expectation">Says what should be so; asked when it is not.</param>
    public async Task UntilAsync(Func<bool> condition, Func<string> expectation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience.Limit);
        while (true)
        {
            // Taken before the look: a change that comes after it is not missed.
            var next = Volatile.Read(ref _next).Task;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (patience.IsCancellationRequested && !condition())
            {
                Assert.Fail(Patience.Failure(expectation()));
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Counts what happens in this process, such as the calls of a handler: <c>await handled.ReachesAsync(100, "…")</c>.</summary>
internal sealed class Counter
{
    private readonly Changes _changes = new();
    private int _value;

    public int Value => Volatile.Read(ref _value);

    /// <summary>Counts one more.</summary>
    /// <returns>How many there are with it.</returns>
    public int Add()
    {
        var value = Interlocked.Increment(ref _value);
        _changes.Happened();
        return value;
    }

    /// <summary>Waits until there are so many, or more.</summary>
    public Task ReachesAsync(int count, string expectation) =>
        _changes.UntilAsync(() => Value >= count, () => $"{expectation} ({count} times or more, and it was {Value})");
}
