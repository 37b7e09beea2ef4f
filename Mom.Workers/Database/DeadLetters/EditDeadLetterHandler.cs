using System.Text;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class EditDeadLetterHandler(DeadLetterActions actions, DeadLetterDecisions decisions) : IRequestHandler<EditDeadLetter, DeadLetterDetail>
{
    public Task<DeadLetterDetail> HandleAsync(EditDeadLetter request, MessageContext context, CancellationToken cancellationToken) =>
        actions.ApplyAsync(request.Id, context, letter => Task.FromResult(decisions.Edit(letter, request.By, Encoding.UTF8.GetBytes(request.Body))), cancellationToken);
}
