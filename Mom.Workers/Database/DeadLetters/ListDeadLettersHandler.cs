using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

internal sealed class ListDeadLettersHandler(DeadLetterAdministration<MomDbContext> administration) : IRequestHandler<ListDeadLetters, DeadLetterPage>
{
    public async Task<DeadLetterPage> HandleAsync(ListDeadLetters request, MessageContext context, CancellationToken cancellationToken)
    {
        var letters = administration.Matching(request.Filter.ToStored());
        var page = await letters.OrderByDescending(letter => letter.Id).Page(request.Page, request.PageSize).ToListAsync(cancellationToken);
        return new DeadLetterPage([.. page.Select(letter => letter.ToContract())], await letters.CountAsync(cancellationToken));
    }
}
