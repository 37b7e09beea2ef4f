using Microsoft.EntityFrameworkCore;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database;

/// <summary>
/// Holds messages while Postgres is away. A failure that looks like an outage is one only if a question as simple as can be fails as
/// well: a message that always runs into a timeout must not be taken for one, and tried for ever.
/// </summary>
internal sealed partial class DatabaseOutage(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DatabaseOutage> logger)
    : IOutageGate, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    // One asks for all.
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile bool _away;
    private volatile TaskCompletionSource<bool> _nextLook = NewLook();

    // What is asked by the watch anyway answers all who come meanwhile.
    public async Task<bool> IsStillAwayAsync(CancellationToken cancellationToken)
    {
        var next = _nextLook;
        return _away && !await next.Task.WaitAsync(cancellationToken);
    }

    public async Task<bool> IsAwayAsync(Exception exception, CancellationToken cancellationToken) =>
        LooksLikeOutage(exception) && (_away ? await IsStillAwayAsync(cancellationToken) : !await AnswersAsync(cancellationToken));

    public async Task<bool> WaitIfAwayAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (!LooksLikeOutage(exception))
        {
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        if (!_away && await AnswersAsync(end.Token))
        {
            return false;
        }

        while (await IsStillAwayAsync(end.Token))
        {
            // One look for all who wait: asked by each of them, a silent server would take its time for each.
        }

        return true;
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>Class 40 is a conflict of two transactions: the message is tried again, as any other that failed.</summary>
    internal static bool LooksLikeOutage(Exception? exception) => exception switch
    {
        null => false,
        PostgresException postgres => postgres.IsTransient && !postgres.SqlState.StartsWith("40", StringComparison.Ordinal),
        NpgsqlException npgsql => npgsql.IsTransient,
        _ => LooksLikeOutage(exception.InnerException),
    };

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MomDbContext>().Database.ExecuteSqlAsync($"select 1", patience.Token);
            if (_away)
            {
                _away = false;
                LogBack();
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (LooksLikeOutage(exception) || exception is OperationCanceledException or InvalidOperationException))
        {
            if (!_away)
            {
                _away = true;
                LogAway(exception.Message);
                _ = WatchAsync();
            }

            return false;
        }
        finally
        {
            _asking.Release();
        }
    }

    // Where only queries come nobody waits at the gate, and somebody must find out that it is over.
    private async Task WatchAsync()
    {
        try
        {
            var back = false;
            while (!back)
            {
                await Task.Delay(AskAgainAfter, time, lifetime.ApplicationStopping);
                back = await AnswersAsync(lifetime.ApplicationStopping);
                Interlocked.Exchange(ref _nextLook, NewLook()).TrySetResult(back);
            }
        }
#pragma warning disable CA1031 // Nobody waits for this task.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The process stops, or the server answers with something that is no outage: the next message finds out which.
            _away = false;
            Interlocked.Exchange(ref _nextLook, NewLook()).TrySetResult(true);
        }
    }

    private static TaskCompletionSource<bool> NewLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1, LogLevel.Warning, "Postgres is away; what is in hand is held until it is back: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(2, LogLevel.Information, "Postgres is back; what was held goes on")]
    private partial void LogBack();
}
