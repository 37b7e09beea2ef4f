using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>Dead letters by what they died of: what has one cause is decided on together.</summary>
internal sealed class GetDeadLetterGroupsHandler(MomDbContext database) : IRequestHandler<GetDeadLetterGroups, DeadLetterGroups>
{
    private const int Limit = 100;

    public async Task<DeadLetterGroups> HandleAsync(GetDeadLetterGroups request, MessageContext context, CancellationToken cancellationToken)
    {
        var groups = await database.DeadLetters.AsNoTracking().Matching(request.Filter)
            .GroupBy(letter => new { letter.Queue, letter.Type, letter.Reason, letter.ExceptionType })
            .Select(group => new
            {
                group.Key,
                Count = group.Count(),
                First = group.Min(letter => letter.FirstFailedAt),
                Last = group.Max(letter => letter.LastFailedAt),
                Newest = group.Max(letter => letter.Id),
            })
            .OrderByDescending(group => group.Count).ThenByDescending(group => group.Newest)
            .Take(Limit).ToListAsync(cancellationToken);
        var newest = groups.Select(group => group.Newest).ToList();
        var examples = await database.DeadLetters.AsNoTracking().Where(letter => newest.Contains(letter.Id))
            .ToDictionaryAsync(letter => letter.Id, letter => letter.ExceptionMessage, cancellationToken);
        return new DeadLetterGroups(
        [
            .. groups.Select(group => new DeadLetterCause(
                group.Key.Queue, group.Key.Type, group.Key.Reason, group.Key.ExceptionType, group.Count, examples.GetValueOrDefault(group.Newest), group.First, group.Last)),
        ]);
    }
}
