using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class ReplayDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions decisions) : IRequestHandler<ReplayDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(ReplayDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.ApplyAsync(request.Id, context, letter => decisions.ReplayAsync(letter, request.By, cancellationToken), cancellationToken);
}
