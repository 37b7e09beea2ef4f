namespace Mom.LocalHost.Resources;

/// <summary>Lets any number of waiters know that something has changed, without any of them polling.</summary>
internal sealed class Changes
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Waits until the condition holds.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look: a change in between completes this very task.
            var next = Volatile.Read(ref _next).Task;
            if (condition())
                return;

            await next.WaitAsync(cancellationToken);
        }
    }
}
