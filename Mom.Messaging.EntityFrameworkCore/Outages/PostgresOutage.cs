using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Npgsql;

namespace Mom.Messaging.EntityFrameworkCore.Outages;

/// <summary>
/// Holds messages while Postgres takes no writes. A failure that looks like an outage is one only if a write as simple as possible fails as
/// well: a message that always runs into a timeout must not be taken for one, and tried for ever. Reading is not enough of a question: after a
/// failover, with a full disk or without a privilege, a server goes on answering it.
/// </summary>
internal sealed partial class PostgresOutage<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger<PostgresOutage<TContext>> logger) : IOutageGate, IDisposable
    where TContext : DbContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    // One asks for all.
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private volatile bool _away;
    private volatile bool _reads;
    private volatile TaskCompletionSource<bool> _nextLook = NewLook();

    // What is asked by the watch anyway answers all who come meanwhile.
    public async Task<bool> IsStillUnavailableAsync(bool reads, CancellationToken cancellationToken)
    {
        var next = _nextLook;
        return _away && !(reads && _reads) && !await next.Task.WaitAsync(cancellationToken) && !(reads && _reads);
    }

    public async Task<bool> IsUnavailableAsync(Exception exception, CancellationToken cancellationToken) =>
        PostgresFailure.Of(exception).MayBeOutage && (_away ? await IsStillUnavailableAsync(reads: false, cancellationToken) : !await TakesWritesAsync(cancellationToken));

    public async Task<bool> WaitIfUnavailableAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (!PostgresFailure.Of(exception).MayBeOutage || (!_away && await TakesWritesAsync(cancellationToken)))
        {
            return false;
        }

        while (await IsStillUnavailableAsync(reads: false, cancellationToken))
        {
            // One look for all who wait: asked by each of them, a silent server would take its time for each.
        }

        return true;
    }

    public int UnchargedRetries(Exception exception) => PostgresFailure.Of(exception).UnchargedRetries;

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _asking.Dispose();
    }

    private async Task<bool> TakesWritesAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (await WriteAsync(cancellationToken) is { } failure)
            {
                if (!_away)
                {
                    _away = true;
                    LogUnavailable(failure.Message);
                    _ = WatchAsync();
                }

                return false;
            }

            if (_away)
            {
                _away = false;
                LogBack();
            }

            return true;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <returns>Why nothing can be written, or <see langword="null"/>.</returns>
    private async Task<Exception?> WriteAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await using var scope = scopes.CreateAsyncScope();
        // Not by way of the context: it would log each failure as an error, twice a second for as long as the outage lasts.
        var connection = (NpgsqlConnection)scope.ServiceProvider.GetRequiredService<TContext>().Database.GetDbConnection();
        var reads = false;
        try
        {
            await connection.OpenAsync(patience.Token);
            await ExecuteAsync(connection, "select 1", patience.Token);
            reads = true;
            // Committed, as what a synchronous standby does not confirm is no write. Its one row is changed in place: the table does not grow.
            await ExecuteAsync(
                connection, "insert into write_probe (id, asked_at) values (1, now()) on conflict (id) do update set asked_at = excluded.asked_at", patience.Token);
            return null;
        }
#pragma warning disable CA1031 // Whatever it is: what cannot be written by us at all is no message's fault.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _reads = reads;
            if (reads)
            {
                // Connections that are kept would stay with a server that has become a standby.
                NpgsqlConnection.ClearPool(connection);
            }

            return exception;
        }
        finally
        {
            await connection.CloseAsync();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Where only queries come nobody waits at the gate, and somebody must find out that it is over.
    private async Task WatchAsync()
    {
        // It belongs to no message, also when one has set it going.
        using var unrecorded = MessagingActivities.Unrecorded();
        try
        {
            var end = _end.Token;
            var back = false;
            while (!back)
            {
                await Task.Delay(AskAgainAfter, time, end);
                back = await TakesWritesAsync(end);
                Interlocked.Exchange(ref _nextLook, NewLook()).TrySetResult(back);
            }
        }
#pragma warning disable CA1031 // Nobody waits for this task.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The process ends, and nobody else may wait for a look that never comes.
            _away = false;
            Interlocked.Exchange(ref _nextLook, NewLook()).TrySetResult(true);
        }
    }

    private static TaskCompletionSource<bool> NewLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1, LogLevel.Warning, "Postgres takes no writes; messages are held until it does: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(2, LogLevel.Information, "Postgres takes writes again; messages that were held go on")]
    private partial void LogBack();
}
