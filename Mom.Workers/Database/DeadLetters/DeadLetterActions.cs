using System.Text;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>A decision about one dead letter, asked for by a message: once, and then answered with the dead letter as it is.</summary>
internal sealed class DeadLetterActions(DeadLetterAdministration<MomDbContext> letters, DeadLetterDecisions<MomDbContext> decisions)
{
    /// <param name="id">The dead letter.</param>
    /// <param name="decide">Says why it did nothing, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task DecideAsync(long id, Func<DeadLetterRow, Task<string?>> decide, CancellationToken cancellationToken)
    {
        var letter = await decisions.LockAsync(id, cancellationToken) ?? throw NotFound();
        if (await decide(letter) is { } obstacle)
        {
            throw new RefusalException(OperationErrors.WrongState, obstacle);
        }
    }

    public async Task<DeadLetterDetail> FindAsync(long id, CancellationToken cancellationToken) =>
        (await letters.FindAsync(id, cancellationToken))?.ToDetail() ?? throw NotFound();

    private static RefusalException NotFound() => new(OperationErrors.NotFound, "There is no such dead letter.");
}

internal sealed class ReplayDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions<MomDbContext> decisions, CurrentCaller caller)
    : ITransactionalRequestHandler<ReplayDeadLetter, DeadLetterDetail>
{
    public Task ApplyAsync(ReplayDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.DecideAsync(request.Id, letter => decisions.ReplayAsync(letter, caller.Name, cancellationToken), cancellationToken);

    public Task<DeadLetterDetail> AnswerAsync(ReplayDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.FindAsync(request.Id, cancellationToken);
}

internal sealed class EditDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions<MomDbContext> decisions, CurrentCaller caller)
    : ITransactionalRequestHandler<EditDeadLetter, DeadLetterDetail>
{
    public Task ApplyAsync(EditDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.DecideAsync(request.Id, letter => Task.FromResult(decisions.Edit(letter, caller.Name, Encoding.UTF8.GetBytes(request.Body))), cancellationToken);

    public Task<DeadLetterDetail> AnswerAsync(EditDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.FindAsync(request.Id, cancellationToken);
}

internal sealed class DiscardDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions<MomDbContext> decisions, CurrentCaller caller)
    : ITransactionalRequestHandler<DiscardDeadLetter, DeadLetterDetail>
{
    public Task ApplyAsync(DiscardDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.DecideAsync(request.Id, letter => Task.FromResult(decisions.Discard(letter, caller.Name, request.Reason)), cancellationToken);

    public Task<DeadLetterDetail> AnswerAsync(DiscardDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.FindAsync(request.Id, cancellationToken);
}

internal sealed class GetDeadLetterHandler(DeadLetterActions actions) : IRequestHandler<GetDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(GetDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.FindAsync(request.Id, cancellationToken);
}
