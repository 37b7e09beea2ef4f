using Microsoft.EntityFrameworkCore;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database;

/// <summary>
/// Waits until the deployer has brought the schema up to date, before anything is consumed. The db worker's role can read which migrations were made,
/// and make none.
/// </summary>
internal sealed partial class DatabaseSchema(IServiceScopeFactory scopes, ILogger<DatabaseSchema> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string? last = null;
        while (await WhatIsMissingAsync(cancellationToken) is { } missing)
        {
            if (!string.Equals(missing, last, StringComparison.Ordinal))
            {
                LogWaiting(missing);
                last = missing;
            }

            await Task.Delay(DatabaseWait.Interval, cancellationToken);
        }

        LogReady();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> WhatIsMissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var pending = (await scope.ServiceProvider.GetRequiredService<MomDbContext>().Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            return pending.Count == 0 ? null : $"{pending.Count} migrations are to be made, the first is {pending[0]}";
        }
        catch (NpgsqlException exception) when (DatabaseWait.IsWorthwhile(exception))
        {
            return exception.Message;
        }
    }

    [LoggerMessage(2, LogLevel.Information, "The database schema is up to date")]
    private partial void LogReady();

    [LoggerMessage(1, LogLevel.Warning, "Waiting until the deployer has migrated the database: {Missing}")]
    private partial void LogWaiting(string missing);
}
