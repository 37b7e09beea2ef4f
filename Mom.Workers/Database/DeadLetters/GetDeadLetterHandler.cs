using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class GetDeadLetterHandler(DeadLetterActions actions) : IRequestHandler<GetDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(GetDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.FindAsync(request.Id, cancellationToken);
}
