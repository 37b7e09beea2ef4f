using System.Collections.Concurrent;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Suspects that a consumer is moving to another of its lanes. The copy may come in there before the original is acked; handled
/// then, a message that kills its process would leave both behind, and with each death one more, none of them charged.
/// </summary>
internal sealed class MovesInProgress
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _moves = new();

    public void Begin(Guid messageId) => _moves.TryAdd(messageId, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>The broker has taken the ack of the original, or will never get one.</summary>
    public void End(Guid messageId)
    {
        if (_moves.TryRemove(messageId, out var move))
        {
            move.SetResult();
        }
    }

    public Task EndedAsync(Guid messageId, CancellationToken cancellationToken) =>
        _moves.TryGetValue(messageId, out var move) ? move.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
