using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>
/// Carries out orders for many dead letters: each second a batch, in one transaction with its progress, so that dying in between neither
/// repeats nor forgets a dead letter. The oldest order first; one that another db worker works on is left to it.
/// </summary>
internal sealed class DeadLetterOperations(IServiceScopeFactory scopes, TimeProvider time, ILogger<DeadLetterOperations> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private readonly TimeProvider _time = time;

    protected override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<MomDbContext>();
        var decisions = scope.ServiceProvider.GetRequiredService<DeadLetterDecisions>();
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
            async () =>
            {
                var operation = await database.DeadLetterOperations.FromSql(
                    $"select * from dead_letter_operations where finished_at is null order by started_at limit 1 for update skip locked")
                    .SingleOrDefaultAsync(cancellationToken);
                if (operation is not null)
                {
                    await WorkAsync(operation, database, decisions, cancellationToken);
                }
            },
            cancellationToken);
        return false;
    }

    private async Task WorkAsync(DeadLetterOperationRow operation, MomDbContext database, DeadLetterDecisions decisions, CancellationToken cancellationToken)
    {
        var ids = await database.DeadLetters.Matching(DeadLetterQuery.Read(operation.Filter))
            .Where(letter => letter.Id > operation.Cursor && letter.Id <= operation.Newest)
            .OrderBy(letter => letter.Id).Take(operation.PerSecond).Select(letter => letter.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var letter = await decisions.LockAsync(id, cancellationToken);
            var obstacle = letter is null ? "It is gone."
                : operation.Kind == DeadLetterOperationKind.Replay ? await decisions.ReplayAsync(letter, operation.By, cancellationToken)
                : decisions.Discard(letter, operation.By, operation.Reason);
            operation.Cursor = id;
            if (obstacle is null)
            {
                operation.Done++;
            }
            else
            {
                operation.Skipped++;
                operation.LastSkip = $"{id}: {obstacle}";
            }
        }

        if (ids.Count < operation.PerSecond)
        {
            operation.FinishedAt = _time.GetUtcNow();
        }
    }
}
