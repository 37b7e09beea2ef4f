using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Outbox;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database.Jobs.Batches;

/// <summary>
/// One transaction for what many messages do to jobs, in few round trips: what is asked first goes with the begin, and all that is written goes with the
/// commit. What the unit of work promises of one message holds for all of them: without the commit nothing has happened.
/// </summary>
/// <remarks>
/// Without a commit the connection goes back to its pool, which rolls back what is open. A commit whose answer is lost is either: the messages come again,
/// and the inbox knows.
/// </remarks>
internal sealed class JobTransaction(
    MomDbContext database, EntityFrameworkOutbox<MomDbContext> outbox, OutboxSignal signal, TimeProvider time, ILogger<JobChanges> logger) : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection = (NpgsqlConnection)database.Database.GetDbConnection();
    private readonly List<NpgsqlBatchCommand> _first = [JobStatements.Begin()];
    private readonly HashSet<JobRow> _added = [];
    private readonly HashSet<JobRow> _changed = [];
    private readonly List<NotificationRow> _notifications = [];
    private readonly List<OutboxRow> _outbox = [];
    private readonly List<(MessageContext Message, JobRow Job)> _logs = [];
    private bool _open;

    /// <summary>Sends statements in one round trip, and reads the results of those that have one.</summary>
    /// <param name="commands">The statements.</param>
    /// <param name="read">Is called for each result, in their order, and each row of it.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task AskAsync(IReadOnlyList<NpgsqlBatchCommand> commands, IReadOnlyList<Action<NpgsqlDataReader>> read, CancellationToken cancellationToken)
    {
        if (!_open)
        {
            await database.Database.OpenConnectionAsync(cancellationToken);
            _open = true;
        }

        await using var batch = BatchOf([.. _first, .. commands]);
        _first.Clear();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var row in read)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                row(reader);
            }

            await reader.NextResultAsync(cancellationToken);
        }
    }

    /// <summary>A job that is new. Its state is told, and its operation is sent if it is its turn.</summary>
    public void Add(JobRow job, MessageContext message)
    {
        _added.Add(job);
        Follow(job, message);
    }

    /// <summary>A job that was changed: the next operation or the end with its notification, and the events for the user.</summary>
    public void Change(JobRow job, MessageContext message)
    {
        _changed.Add(job);
        if (job.Status.IsTerminal())
        {
            job.Waiting = false;
        }

        Follow(job, message);
    }

    /// <summary>A job that was changed, and of which nothing follows but that its user sees it.</summary>
    public void Announce(JobRow job, MessageContext message)
    {
        _changed.Add(job);
        message.InTrace(() => Push(job.Id, JobEffects.Changed(job)));
    }

    /// <summary>A job that has waited, and whose turn it is.</summary>
    public void Start(JobRow job)
    {
        _changed.Add(job);
        job.Waiting = false;
        // From now on it may count as lost when nothing is heard of it.
        job.UpdatedAt = time.GetUtcNow();
        // In the trace of its own order, not in that of the job that has ended.
        using var activity = WorkerActivities.Resume("start waiting job", job.TraceParent);
        activity?.SetTag("mom.job.id", job.Id);
        SendNext(job);
    }

    /// <summary>Writes everything, and commits.</summary>
    /// <param name="more">More statements that belong to it.</param>
    /// <param name="cancellationToken">Cancels; what has happened then is not known.</param>
    public async Task CommitAsync(IEnumerable<NpgsqlBatchCommand> more, CancellationToken cancellationToken)
    {
        await using (var batch = BatchOf([.. Writes(), .. more, JobStatements.Commit()]))
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        if (_outbox.Count > 0)
        {
            signal.Wake();
        }

        foreach (var (message, job) in _logs)
        {
            message.InTrace(() => JobChanges.LogChanged(logger, job.Id, job.Status, job.Steps.Count(step => step.Result is not null), job.Steps.Count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_open)
        {
            await database.Database.CloseConnectionAsync();
        }
    }

    private IEnumerable<NpgsqlBatchCommand> Writes()
    {
        if (_added.Count > 0)
        {
            yield return JobStatements.Add(_added);
            foreach (var step in _added.SelectMany(job => job.Steps))
            {
                yield return JobStatements.Add(step);
            }
        }

        if (_changed.Count > 0)
        {
            yield return JobStatements.Update(_changed);
            yield return JobStatements.Update([.. _changed.SelectMany(job => job.Steps)]);
        }

        if (_notifications.Count > 0)
        {
            yield return JobStatements.Add(_notifications);
        }

        if (_outbox.Count > 0)
        {
            yield return MessagingCommands.AddToOutbox(_outbox);
        }
    }

    private void Follow(JobRow job, MessageContext message) => message.InTrace(() =>
    {
        SendNext(job);
        Push(job.Id, JobEffects.Changed(job));
        if (JobEffects.Notification(job) is { } notification)
        {
            _notifications.Add(notification);
            Push(job.Id, new NotificationAdded(job.UserId, notification.ToContract()));
        }

        if (JobEffects.IsLogged(job))
        {
            _logs.Add((message, job));
        }
    });

    private void SendNext(JobRow job)
    {
        foreach (var next in JobEffects.Next(job, time.GetUtcNow()))
        {
            _outbox.Add(outbox.RowOf(OutboxKeys.Of(job.Id), next, JobEffects.OptionsOf(job)));
        }
    }

    private void Push(Guid about, object message) => _outbox.Add(outbox.RowOf(OutboxKeys.OfPush(about), message));

    private NpgsqlBatch BatchOf(IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(_connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
