using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Outbox;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database;

internal sealed class GetOverviewHandler(MomDbContext database, JobCounts counts) : IRequestHandler<GetOverview, Overview>
{
    public async Task<Overview> HandleAsync(GetOverview request, MessageContext context, CancellationToken cancellationToken)
    {
        var jobs = await counts.OfAllAsync(cancellationToken);
        var letters = await database.DeadLetters.GroupBy(letter => letter.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new Overview(
            ByName(jobs),
            ByName(letters),
            await database.Users.CountAsync(cancellationToken),
            await database.Notifications.Where(notification => notification.ReadAt == null).CountToLimitAsync(cancellationToken),
            await database.Set<OutboxRow>().Take(OutboxState.Counted).CountAsync(cancellationToken),
            await database.Jobs.Where(job => job.Status == JobStatus.Queued || job.Status == JobStatus.Running)
                .MinAsync(job => (DateTimeOffset?)job.CreatedAt, cancellationToken),
            await database.DeadLetterOperations.CountAsync(operation => operation.FinishedAt == null, cancellationToken));
    }

    // Every state is there, also when nothing is in it.
#pragma warning disable CA1308 // A state's name on the wire is lower case by contract.
    private static Dictionary<string, int> ByName<TState>(Dictionary<TState, int> counts)
        where TState : struct, Enum =>
        Enum.GetValues<TState>().ToDictionary(state => $"{state}".ToLowerInvariant(), state => counts.GetValueOrDefault(state), StringComparer.Ordinal);
#pragma warning restore CA1308
}
