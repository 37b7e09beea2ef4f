using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>Takes an order for many dead letters; the library carries it out.</summary>
internal sealed class StartDeadLetterOperationHandler(MomDbContext database, DeadLetterDecisions<MomDbContext> decisions, CurrentCaller caller)
    : ITransactionalRequestHandler<StartDeadLetterOperation, DeadLetterOperation>
{
    private DeadLetterPlan? _plan;

    public async Task ApplyAsync(StartDeadLetterOperation request, MessageContext context, CancellationToken cancellationToken)
    {
        _plan = await PlanAsync(request, cancellationToken);
        if (!request.DryRun)
        {
            database.Add(_plan.Operation);
        }
    }

    public async Task<DeadLetterOperation> AnswerAsync(StartDeadLetterOperation request, MessageContext context, CancellationToken cancellationToken)
    {
        var (operation, groups) = _plan ?? await PlanAsync(request, cancellationToken);
        return operation.ToContract() with { DryRun = request.DryRun, Groups = [.. groups.Select(group => new DeadLetterGroup(group.Queue, group.Type, group.Count))] };
    }

    private Task<DeadLetterPlan> PlanAsync(StartDeadLetterOperation request, CancellationToken cancellationToken) =>
        decisions.PlanAsync(request.Id, request.Kind.ToStored(), request.Filter.ToStored(), request.PerSecond, caller.Name, request.Reason, cancellationToken);
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
