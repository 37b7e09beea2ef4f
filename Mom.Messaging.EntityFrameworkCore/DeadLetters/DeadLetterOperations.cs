using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Messaging.Periodic;
using Npgsql;

namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>
/// Carries out orders for many dead letters: each second a batch, in one transaction with its progress, so that dying in between neither
/// repeats nor forgets a dead letter. One that cannot be decided is skipped, and the operation says why. The oldest order first; one that another process works on is left to it.
/// </summary>
internal sealed class DeadLetterOperations<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger<DeadLetterOperations<TContext>> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
    where TContext : DbContext
{
    private readonly TimeProvider _time = time;

    protected override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(int.MaxValue, refusal: null, cancellationToken);
        }
        catch (DbUpdateException failed) when (IsOfOneLetter(failed))
        {
            await TakeOneByOneAsync(cancellationToken);
        }

        return false;
    }

    // What the database refuses must not hold up the letters behind it, nor the operations behind this one.
    private async Task TakeOneByOneAsync(CancellationToken cancellationToken)
    {
        var allowed = 1;
        for (var taken = 0; taken < allowed; taken++)
        {
            try
            {
                allowed = await TakeAsync(1, refusal: null, cancellationToken);
            }
            catch (DbUpdateException failed) when (IsOfOneLetter(failed))
            {
                allowed = await TakeAsync(1, $"The database refuses it: {failed.InnerException!.Message}", cancellationToken);
            }
        }
    }

    private static bool IsOfOneLetter(DbUpdateException failed) => failed.InnerException is PostgresException postgres && PostgresFailure.Of(postgres) == default;

    /// <param name="most">So many letters, and no more than the operation allows for a second.</param>
    /// <param name="refusal">Why the first of them is skipped.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    /// <returns>How many letters the operation allows for a second; 0 where none is left.</returns>
    private async Task<int> TakeAsync(int most, string? refusal, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var decisions = scope.ServiceProvider.GetRequiredService<DeadLetterDecisions<TContext>>();
        var allowed = 0;
        await scope.ServiceProvider.GetRequiredService<UnitOfWork<TContext>>().RunAsync(
            async () =>
            {
                var operation = await database.Set<DeadLetterOperationRow>().FromSql(
                    $"select * from dead_letter_operations where finished_at is null order by started_at limit 1 for update skip locked")
                    .SingleOrDefaultAsync(cancellationToken);
                if (operation is not null)
                {
                    await WorkAsync(operation, most, refusal, database, decisions, cancellationToken);
                    allowed = operation.FinishedAt is null ? operation.PerSecond : 0;
                }
            },
            cancellationToken);
        return allowed;
    }

    private async Task WorkAsync(
        DeadLetterOperationRow operation,
        int most,
        string? refusal,
        TContext database,
        DeadLetterDecisions<TContext> decisions,
        CancellationToken cancellationToken)
    {
        var limit = int.Min(most, operation.PerSecond);
        var ids = await database.Set<DeadLetterRow>().Matching(operation.Wanted())
            .Where(letter => letter.Id > operation.Cursor && letter.Id <= operation.Newest)
            .OrderBy(letter => letter.Id).Take(limit).Select(letter => letter.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var letter = await decisions.LockAsync(id, cancellationToken);
            var obstacle = letter is null ? "It is gone."
                : refusal is not null ? refusal
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

        if (ids.Count < limit)
        {
            operation.FinishedAt = _time.GetUtcNow();
        }
    }
}
