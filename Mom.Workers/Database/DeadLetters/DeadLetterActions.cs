using System.Text;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>A decision about one dead letter, asked for by a message: once, and then answered with the dead letter as it is.</summary>
internal sealed class DeadLetterActions(MomDbContext database, UnitOfWork work, DeadLetterDecisions decisions)
{
    /// <param name="id">The dead letter.</param>
    /// <param name="context">The delivery that asks for it.</param>
    /// <param name="decide">Says why it did nothing, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task<DeadLetterDetail> ApplyAsync(long id, MessageContext context, Func<DeadLetterRow, Task<string?>> decide, CancellationToken cancellationToken)
    {
        await work.RunOnceAsync(
            context,
            async () =>
            {
                var letter = await decisions.LockAsync(id, cancellationToken) ?? throw NotFound();
                if (await decide(letter) is { } obstacle)
                {
                    throw new RefusalException(OperationErrors.WrongState, obstacle);
                }
            },
            cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    public async Task<DeadLetterDetail> FindAsync(long id, CancellationToken cancellationToken) =>
        await database.DeadLetters.AsNoTracking().Include(letter => letter.Audit).SingleOrDefaultAsync(letter => letter.Id == id, cancellationToken) is { } found
            ? found.ToDetail()
            : throw NotFound();

    private static RefusalException NotFound() => new(OperationErrors.NotFound, "There is no such dead letter.");
}

internal sealed class ReplayDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions decisions, CurrentCaller caller) : IRequestHandler<ReplayDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(ReplayDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.ApplyAsync(request.Id, context, letter => decisions.ReplayAsync(letter, caller.Name, cancellationToken), cancellationToken);
}

internal sealed class EditDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions decisions, CurrentCaller caller) : IRequestHandler<EditDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(EditDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.ApplyAsync(request.Id, context, letter => Task.FromResult(decisions.Edit(letter, caller.Name, Encoding.UTF8.GetBytes(request.Body))), cancellationToken);
}

internal sealed class DiscardDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions decisions, CurrentCaller caller) : IRequestHandler<DiscardDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(DiscardDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.ApplyAsync(request.Id, context, letter => Task.FromResult(decisions.Discard(letter, caller.Name, request.Reason)), cancellationToken);
}

internal sealed class GetDeadLetterHandler(DeadLetterActions actions) : IRequestHandler<GetDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(GetDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.FindAsync(request.Id, cancellationToken);
}
