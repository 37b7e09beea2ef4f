using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Mom.Workers.Database.Model;
using Mom.Workers.Database.Users;

namespace Mom.Workers.Database;

/// <summary>
/// Brings the schema up to date and makes the first administrator before anything is consumed. Waits for a database that is not
/// there yet. Several replicas may do it at once: EF Core takes a lock in the database.
/// </summary>
internal sealed partial class DatabaseMigrator(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time, ILogger<DatabaseMigrator> logger) : IHostedService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var database = scope.ServiceProvider.GetRequiredService<MomDbContext>();
                await MakeHistoryAsync(database.Database, cancellationToken);
                await database.Database.MigrateAsync(cancellationToken);
                await FirstAdministrator.EnsureAsync(database, configuration, time, cancellationToken);
                LogReady();
                return;
            }
            catch (Npgsql.NpgsqlException exception) when (exception.IsTransient)
            {
                LogWaiting(exception.Message);
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // In a new database EF Core reads the history before it makes it, and logs the failure as an error: a first start would look broken.
    private static async Task MakeHistoryAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (await database.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken))
            await database.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "The database schema is up to date")]
    private partial void LogReady();

    [LoggerMessage(2, LogLevel.Warning, "Waiting for the database: {Reason}")]
    private partial void LogWaiting(string reason);
}
