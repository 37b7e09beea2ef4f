using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>Takes an order for many dead letters; <see cref="DeadLetterOperations"/> carries it out.</summary>
internal sealed class StartDeadLetterOperationHandler(MomDbContext database, UnitOfWork work, CurrentCaller caller, TimeProvider time)
    : IRequestHandler<StartDeadLetterOperation, DeadLetterOperation>
{
    public async Task<DeadLetterOperation> HandleAsync(StartDeadLetterOperation request, MessageContext context, CancellationToken cancellationToken)
    {
        var filter = request.Filter with { State = DeadLetterState.Dead };
        var letters = database.DeadLetters.AsNoTracking().Matching(filter);
        var groups = await letters.GroupBy(letter => new { letter.Queue, letter.Type })
            .Select(group => new { group.Key.Queue, group.Key.Type, Count = group.Count(), Newest = group.Max(letter => letter.Id) })
            .OrderByDescending(group => group.Count).ToListAsync(cancellationToken);
        var operation = new DeadLetterOperationRow
        {
            Id = request.Id,
            Kind = request.Kind,
            Filter = DeadLetterQuery.Write(filter),
            PerSecond = int.Clamp(request.PerSecond, 1, 1_000),
            Reason = request.Reason,
            By = caller.Name,
            Total = groups.Sum(group => group.Count),
            Newest = groups.Count == 0 ? 0 : groups.Max(group => group.Newest),
            StartedAt = time.GetUtcNow(),
        };
        if (!request.DryRun)
        {
            await work.RunOnceAsync(context, () => Task.FromResult(database.DeadLetterOperations.Add(operation)), cancellationToken);
        }

        return operation.ToContract() with { DryRun = request.DryRun, Groups = [.. groups.Select(group => new DeadLetterGroup(group.Queue, group.Type, group.Count))] };
    }
}

internal sealed class GetDeadLetterOperationHandler(MomDbContext database) : IRequestHandler<GetDeadLetterOperation, DeadLetterOperation>
{
    public async Task<DeadLetterOperation> HandleAsync(GetDeadLetterOperation request, MessageContext context, CancellationToken cancellationToken) =>
        (await database.DeadLetterOperations.AsNoTracking().SingleOrDefaultAsync(operation => operation.Id == request.Id, cancellationToken))?.ToContract()
        ?? throw new RefusalException(OperationErrors.NotFound, "There is no such operation.");
}

internal sealed class ListDeadLetterOperationsHandler(MomDbContext database) : IRequestHandler<ListDeadLetterOperations, DeadLetterOperationList>
{
    public async Task<DeadLetterOperationList> HandleAsync(ListDeadLetterOperations request, MessageContext context, CancellationToken cancellationToken)
    {
        var operations = await database.DeadLetterOperations.AsNoTracking().OrderByDescending(operation => operation.StartedAt)
            .Page(1, request.Limit).ToListAsync(cancellationToken);
        return new DeadLetterOperationList([.. operations.Select(operation => operation.ToContract())]);
    }
}
