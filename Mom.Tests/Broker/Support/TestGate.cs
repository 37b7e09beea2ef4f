using Mom.Messaging.Consuming;

namespace Mom.Tests.Broker.Support;

/// <summary>A server that is unavailable until the test says that it is back.</summary>
internal sealed class TestGate : IOutageGate
{
    public TaskCompletionSource Back { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A message is held.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsUnavailable => !Back.Task.IsCompleted;

    public Func<Exception, int> Uncharged { get; init; } = _ => 0;

    /// <summary>What a handler does that needs the server.</summary>
    public void Use()
    {
        if (IsUnavailable)
            throw new UnavailableException();
    }

    public Task<bool> IsStillUnavailableAsync(bool reads, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> IsUnavailableAsync(Exception exception, CancellationToken cancellationToken) => Task.FromResult(exception is UnavailableException && IsUnavailable);

    public async Task<bool> WaitIfUnavailableAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not UnavailableException)
            return false;

        Held.TrySetResult();
        await Back.Task.WaitAsync(cancellationToken);
        return true;
    }

    public int UnchargedRetries(Exception exception) => Uncharged(exception);

    private sealed class UnavailableException() : Exception("The server is unavailable.");
}
