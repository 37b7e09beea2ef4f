using System.Collections.Concurrent;
using Mom.Chaos.Bookkeeping;

namespace Mom.Chaos.Load;

/// <summary>Everything that clients asked for and were told, as it happens.</summary>
public sealed class Claims
{
    private readonly ConcurrentDictionary<long, JobClaim> _jobs = new();
    private readonly ConcurrentDictionary<string, UserClaim> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<PushFact> _pushes = new();
    private readonly Lock _promises = new();
    private readonly HashSet<string> _confirmedUsers = new(StringComparer.Ordinal);
    private readonly HashSet<long> _confirmedJobs = [];
    private int _disk;

    public IReadOnlyList<JobClaim> Jobs => [.. _jobs.Values];

    public IReadOnlyList<UserClaim> Users => [.. _users.Values];

    public IReadOnlyList<PushFact> Pushes => [.. _pushes];

    public int Asked => _jobs.Count;

    public int Acknowledged => _jobs.Values.Count(claim => claim.IsAcknowledged);

    /// <summary>Jobs whose end was pushed to their user.</summary>
    public int SeenDone => _pushes.Where(push => push.IsEnd).Select(push => push.Marker).Distinct().Count();

    /// <summary>Which disk the broker has: another number after each loss. To be read before a request is sent.</summary>
    internal int Disk => Volatile.Read(ref _disk);

    /// <summary>
    /// The broker has lost its disk. A 202 promises no more than the broker holds: what was answered so, and is not known to have gone further, is no
    /// promise any more (<c>docs/nothing-is-lost.md</c>, "What is not promised"). A 201 is one: the database has it.
    /// </summary>
    internal void DiskLost()
    {
        lock (_promises)
        {
            _disk++;
            var done = _pushes.Where(push => push.IsEnd).Select(push => push.Marker).ToHashSet();
            foreach (var marker in _confirmedJobs.Where(marker => !done.Contains(marker)))
            {
                _jobs[marker] = _jobs[marker] with { IsAcknowledged = false };
            }

            foreach (var email in _confirmedUsers)
            {
                _users[email] = new UserClaim(email, IsAcknowledged: false);
            }

            _confirmedJobs.Clear();
            _confirmedUsers.Clear();
        }
    }

    // Before it is sent: whatever happens then, it was asked for.
    internal void Asking(JobOrder order, string owner) => _jobs[order.Marker] = new JobClaim(order.Marker, owner, order.Results, IsAcknowledged: false, JobId: null);

    /// <param name="marker">The job.</param>
    /// <param name="id">What its client was told.</param>
    /// <param name="isStored">Answered 201: the database has it. Else 202: the broker has it.</param>
    /// <param name="disk"><see cref="Disk"/> when it was sent.</param>
    internal void Promised(long marker, Guid? id, bool isStored, int disk)
    {
        lock (_promises)
        {
            if (!isStored && disk != _disk)
            {
                return;
            }

            _jobs[marker] = _jobs[marker] with { IsAcknowledged = true, JobId = id };
            if (!isStored)
            {
                _confirmedJobs.Add(marker);
            }
        }
    }

    internal void Registering(string email) => _users.TryAdd(email, new UserClaim(email, IsAcknowledged: false));

    /// <inheritdoc cref="Promised"/>
    /// <param name="email">The user.</param>
    internal void Registered(string email, bool isStored, int disk)
    {
        lock (_promises)
        {
            if (!isStored && disk != _disk)
            {
                return;
            }

            _users[email] = new UserClaim(email, IsAcknowledged: true);
            _ = isStored ? _confirmedUsers.Remove(email) : _confirmedUsers.Add(email);
        }
    }

    internal void Pushed(PushFact push) => _pushes.Enqueue(push);
}
