using Mom.Messaging.Outbox;

namespace Mom.Tests.Broker.Support;

/// <summary>The outbox of a relay that dies once, after it has published: its transaction is rolled back, as that of a dead process is.</summary>
internal sealed class CrashingOutboxStore(IOutboxStore store, CrashBeforeDelete crash) : IOutboxStore
{
    public async Task<IOutboxBatch> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken) =>
        new Batch(await store.ClaimAsync(claim, cancellationToken), crash);

    public Task<int> SetAsideAsync(IReadOnlyCollection<OutboxDestination> stuck, int limit, CancellationToken cancellationToken) =>
        store.SetAsideAsync(stuck, limit, cancellationToken);

    private sealed class Batch(IOutboxBatch batch, CrashBeforeDelete crash) : IOutboxBatch
    {
        public IReadOnlyList<OutboxMessage> Messages => batch.Messages;

        public Task CompleteAsync(IReadOnlyCollection<long> sent, IReadOnlyCollection<UnsentMessage> unsent, CancellationToken cancellationToken) =>
            sent.Count > 0 && crash.IsNow() ? throw new InvalidOperationException("Died before the delete.") : batch.CompleteAsync(sent, unsent, cancellationToken);

        public ValueTask DisposeAsync() => batch.DisposeAsync();
    }
}
