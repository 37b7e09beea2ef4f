using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Mom.Workers.Database;
using Mom.Workers.Database.Model;
using Mom.Workers.Database.Users;
using Npgsql;

namespace Mom.Workers.Deploying;

/// <summary>
/// Brings the schema up to date as the database's owner, lets the db worker's role use it, and makes the first administrator. Waits for a database
/// that is not there yet. Several may do it at once: EF Core takes a lock in the database.
/// </summary>
internal sealed partial class DatabaseMigrator(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time, ILogger<DatabaseMigrator> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var database = scope.ServiceProvider.GetRequiredService<MomDbContext>();
                await MigrateAsync(database, cancellationToken);
                LogReady();
                return;
            }
            catch (NpgsqlException exception) when (DatabaseWait.IsWorthwhile(exception))
            {
                LogWaiting(exception.Message);
                await Task.Delay(DatabaseWait.Interval, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(MomDbContext database, CancellationToken cancellationToken)
    {
        try
        {
            if (await database.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken))
            {
                await database.Database.OpenConnectionAsync(cancellationToken);
                // A migration may take long, and so may the wait for the replica that makes it. Of this session alone: the pool resets it.
                await database.Database.ExecuteSqlRawAsync("set lock_timeout = 0; set statement_timeout = 0", cancellationToken);
                // In a new database EF Core reads the history before it makes it, and logs the failure as an error: a first start would look broken.
                await database.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
            }

            await database.Database.MigrateAsync(cancellationToken);
            await DatabaseGrants.ApplyAsync(database, configuration, cancellationToken);
            await FirstAdministrator.EnsureAsync(database, configuration, time, cancellationToken);
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The database schema is up to date")]
    private partial void LogReady();

    [LoggerMessage(2, LogLevel.Warning, "Waiting for the database: {Reason}")]
    private partial void LogWaiting(string reason);
}
