namespace Mom.Messaging.Connections;

/// <summary>
/// Lets the start of a process wait for its first try to reach the broker, so that who starts and publishes at once finds a
/// connection. A broker that is away holds up nobody: a failed try ends the waiting too, and a silent broker a few seconds.
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
