using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class GetDeadLetterOperationHandler(MomDbContext database) : IRequestHandler<GetDeadLetterOperation, DeadLetterOperation>
{
    public async Task<DeadLetterOperation> HandleAsync(GetDeadLetterOperation request, MessageContext context, CancellationToken cancellationToken) =>
        (await database.DeadLetterOperations.AsNoTracking().SingleOrDefaultAsync(operation => operation.Id == request.Id, cancellationToken))?.ToContract()
        ?? throw new RefusalException(OperationErrors.NotFound, "There is no such operation.");
}
