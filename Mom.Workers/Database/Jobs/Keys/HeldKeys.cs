using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Workers.Database.Jobs.Keys;

/// <summary>
/// The keys that a batch of orders asks for, locked until the commit, and what this transaction gives away. Two orders with one key follow each other, in one
/// batch or in two: the second finds the first's job. Orders without a key add no statement to the batch.
/// </summary>
internal sealed class HeldKeys
{
    private readonly JobKey[] _asked;
    private readonly Dictionary<JobKey, JobKeyRow> _rows = [];
    private readonly Dictionary<Guid, JobRow> _holders = [];
    private readonly List<JobKeyRow> _given = [];

    public HeldKeys(IReadOnlyList<Delivered<CreateJob>> requests) => _asked =
    [
        .. requests.Select(request => Of(request.Message)).OfType<JobKey>().Distinct()
            .OrderBy(key => key.UserId).ThenBy(key => key.Key, StringComparer.Ordinal),
    ];

    /// <summary>To be asked before users are locked: nobody who holds such a lock waits for a key.</summary>
    public IEnumerable<NpgsqlBatchCommand> Questions => _asked.Length == 0
        ? []
        : [KeyStatements.Lock(_asked), KeyStatements.Read(_asked), KeyStatements.ReadHolders(_asked), KeyStatements.ReadStepsOfHolders(_asked)];

    /// <summary>Reads the answers to <see cref="Questions"/>.</summary>
    public IEnumerable<Action<NpgsqlDataReader>> Answers => _asked.Length == 0
        ? []
        :
        [
            _ => { },
            row => Add(KeyStatements.ToKey(row)),
            row => _holders.Add(row.GetGuid(0), JobStatements.ToJob(row)),
            row => _holders[row.GetGuid(0)].Steps.Add(JobStatements.ToStep(row)),
        ];

    /// <summary>What is to be written, after the jobs.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes => _given.Count == 0 ? [] : [KeyStatements.Give(_given)];

    /// <summary>The job that an order with a key has found last, whether it holds the key still or not.</summary>
    public JobRow? LastOf(CreateJob order) => Of(order) is { } key && _rows.TryGetValue(key, out var row) ? _holders.GetValueOrDefault(row.JobId) : null;

    /// <summary>The job that holds the key of an order; <see langword="null"/> when it has none, or the key is free.</summary>
    public JobRow? HolderOf(CreateJob order, DateTimeOffset now) =>
        Of(order) is { } key && LastOf(order) is { } holder && JobKeys.IsHeld(_rows[key], holder.Status, now) ? holder : null;

    /// <summary>Gives the key of an order to the job that is made of it.</summary>
    public void Give(CreateJob order, JobRow job)
    {
        if (Of(order) is not { } key)
        {
            return;
        }

        var row = new JobKeyRow { UserId = key.UserId, Key = key.Key, JobId = job.Id, Until = JobKeys.Until(order.Unique!, job.CreatedAt) };
        // Of two jobs that had the key in this batch, the one that has it last: a row is written once by a statement.
        _given.RemoveAll(other => other.UserId == key.UserId && string.Equals(other.Key, key.Key, StringComparison.Ordinal));
        _given.Add(row);
        _rows[key] = row;
        _holders[job.Id] = job;
    }

    private static JobKey? Of(CreateJob order) => order.Unique?.Key is { } key ? new JobKey(order.UserId, key) : null;

    private void Add(JobKeyRow row) => _rows.Add(new JobKey(row.UserId, row.Key), row);
}
