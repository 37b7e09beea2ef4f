using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Inserts one outbox row for each transaction, by hand.</summary>
internal sealed class RawOutboxWrite(BenchTargets targets, int writers) : IWorkload
{
    private readonly BenchDatabase _database = new(targets);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => _database.ExecuteAsync(RawSql.Create, cancellationToken);

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round.Messages, writers, number => _database.ExecuteAsync(
            RawSql.InsertOutbox,
            cancellationToken,
            Guid.CreateVersion7().ToString(),
            Guid.CreateVersion7(),
            "bench.raw.outbox",
            RawBody.Of(number)));
        round.End();
        round.CountTogether(await _database.ScalarAsync<long>(RawSql.CountOutbox, cancellationToken));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
