using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class DiscardDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions decisions) : IRequestHandler<DiscardDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(DiscardDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.ApplyAsync(request.Id, context, letter => Task.FromResult(decisions.Discard(letter, request.By, request.Reason)), cancellationToken);
}
