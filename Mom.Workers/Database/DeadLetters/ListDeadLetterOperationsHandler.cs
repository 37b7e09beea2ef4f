using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class ListDeadLetterOperationsHandler(MomDbContext database) : IRequestHandler<ListDeadLetterOperations, DeadLetterOperationList>
{
    public async Task<DeadLetterOperationList> HandleAsync(ListDeadLetterOperations request, MessageContext context, CancellationToken cancellationToken)
    {
        var operations = await database.DeadLetterOperations.AsNoTracking().OrderByDescending(operation => operation.StartedAt)
            .Page(1, request.Limit).ToListAsync(cancellationToken);
        return new DeadLetterOperationList([.. operations.Select(operation => operation.ToContract())]);
    }
}
