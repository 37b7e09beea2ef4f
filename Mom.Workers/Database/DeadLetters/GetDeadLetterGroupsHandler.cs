using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>Dead letters by what they died of: what has one cause is decided on together.</summary>
internal sealed class GetDeadLetterGroupsHandler(DeadLetterAdministration<MomDbContext> letters) : IRequestHandler<GetDeadLetterGroups, DeadLetterGroups>
{
    public async Task<DeadLetterGroups> HandleAsync(GetDeadLetterGroups request, MessageContext context, CancellationToken cancellationToken)
    {
        var causes = await letters.Matching(request.Filter.ToStored()).CausesAsync(cancellationToken);
        return new DeadLetterGroups(
        [
            .. causes.Select(cause => new Contracts.Operations.DeadLetterCause(
                cause.Queue, cause.Type, cause.Reason, cause.ExceptionType, cause.Count, cause.Example, cause.FirstFailedAt, cause.LastFailedAt)),
        ]);
    }
}
