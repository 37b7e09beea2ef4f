using Mom.Chaos.Load;
using Mom.Testing;
using Npgsql;

namespace Mom.Chaos.Bookkeeping;

/// <summary>Reads what is there: the database by SQL, the broker by its management API. It changes nothing.</summary>
internal sealed class FactReader(RunningSystem system, BrokerScreen broker)
{
    /// <summary>Everything of one run.</summary>
    /// <param name="domain">What the e-mail addresses of its users end in.</param>
    /// <param name="pushes">What arrived over sockets.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Facts> ReadAsync(string domain, IReadOnlyList<PushFact> pushes, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(system.Connections.Momdb);
        return new Facts(
            await JobsAsync(database, domain, cancellationToken),
            await UsersAsync(database, domain, cancellationToken),
            pushes,
            await RemainsAsync(database, cancellationToken));
    }

    /// <summary>Whether nothing is under way any more.</summary>
    public async Task<bool> IsQuietAsync(string domain, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(system.Connections.Momdb);
        return (await RemainsAsync(database, cancellationToken)).IsQuiet
            && (await JobsAsync(database, domain, cancellationToken)).All(job => job.IsDone);
    }

    private static async Task<IReadOnlyList<JobFact>> JobsAsync(NpgsqlDataSource database, string domain, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select j.id, u.email, lower(j.status), s.numbers, s.result,
                   (select count(*)::int from notifications n where n.job_id = j.id)
            from jobs j join users u on u.id = j.user_id join job_steps s on s.job_id = j.id
            where u.email like '%@' || $1
            order by j.id, s.position
            """);
        command.Parameters.AddWithValue(domain);
        var steps = new List<(Guid Id, string Owner, string Status, string[] Numbers, string? Result, int Notifications)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            steps.Add((
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<string[]>(3),
                await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4),
                reader.GetInt32(5)));
        }

        return [.. steps.GroupBy(step => step.Id).Select(job => job.ToList()).Select(job =>
            new JobFact(job[0].Id, Marker.Of(job[0].Numbers), job[0].Owner, job[0].Status, [.. job.Select(step => step.Result)], job[0].Notifications))];
    }

    private static async Task<IReadOnlyDictionary<string, int>> UsersAsync(NpgsqlDataSource database, string domain, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select email, count(*)::int from users where email like '%@' || $1 group by email");
        command.Parameters.AddWithValue(domain);
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            users.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return users;
    }

    private async Task<Remains> RemainsAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select (select count(*) from outbox where dead_at is null),
                   (select count(*) from outbox where dead_at is not null),
                   (select count(*) from dead_letters where state = 'Dead')
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var queues = await broker.QueuesAsync(cancellationToken);
        var work = queues.Where(queue => !queue.IsDeadLetters).ToList();
        return new Remains(
            reader.GetInt64(0),
            reader.GetInt64(1),
            work.Sum(queue => queue.Ready),
            work.Sum(queue => queue.Unacked),
            reader.GetInt64(2) + queues.Where(queue => queue.IsDeadLetters).Sum(queue => queue.Ready + queue.Unacked));
    }
}
