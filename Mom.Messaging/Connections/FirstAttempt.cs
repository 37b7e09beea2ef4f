namespace Mom.Messaging.Connections;

/// <summary>
/// Lets the start of a process wait for its first attempt to connect to the broker, so that a service can publish right after its start.
/// An unavailable broker delays nothing: a failed attempt ends the wait too, and an unresponsive broker ends it after a few seconds.
/// </summary>
internal sealed class FirstAttempt
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The try has succeeded or failed. Each later one changes nothing.</summary>
    public void Made() => _made.TrySetResult();

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _made.Task.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on in the background.
        }
    }
}
