using Mom.Messaging.Periodic;

namespace Mom.Workers.Database.Jobs.Turns;

/// <summary>
/// Lets jobs begin that wait although there is room for them: one that was passed over because somebody acted on it when its turn came, or any after
/// the setting was raised. Any number of db workers may look.
/// </summary>
internal sealed partial class WaitingJobs(IServiceScopeFactory scopes, TimeProvider time, ILogger<WaitingJobs> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private const int BatchSize = 100;

    protected override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        List<Guid> users;
        await using (var scope = scopes.CreateAsyncScope())
        {
            users = await scope.ServiceProvider.GetRequiredService<FairTurns>().OverlookedAsync(BatchSize, cancellationToken);
        }

        var begun = 0;
        foreach (var user in users)
        {
            await using var scope = scopes.CreateAsyncScope();
            var changes = scope.ServiceProvider.GetRequiredService<JobChanges>();
            await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
                async () => begun += await changes.SendWaitingAsync(user, cancellationToken), cancellationToken);
        }

        if (begun > 0)
        {
            LogBegun(begun);
        }

        return begun > 0 && users.Count == BatchSize;
    }

    [LoggerMessage(3, LogLevel.Information, "Started {Count} jobs whose turn had come")]
    private partial void LogBegun(int count);
}
