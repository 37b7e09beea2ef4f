using System.Collections.Concurrent;
using Mom.Chaos.Bookkeeping;

namespace Mom.Chaos.Load;

/// <summary>Everything that clients asked for and were told, as it happens.</summary>
public sealed class Claims
{
    private readonly ConcurrentDictionary<long, JobClaim> _jobs = new();
    private readonly ConcurrentDictionary<string, UserClaim> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<PushFact> _pushes = new();

    public IReadOnlyList<JobClaim> Jobs => [.. _jobs.Values];

    public IReadOnlyList<UserClaim> Users => [.. _users.Values];

    public IReadOnlyList<PushFact> Pushes => [.. _pushes];

    public int Asked => _jobs.Count;

    public int Acknowledged => _jobs.Values.Count(claim => claim.IsAcknowledged);

    /// <summary>Jobs whose end was pushed to their user.</summary>
    public int SeenDone => _pushes.Where(push => push.IsEnd).Select(push => push.Marker).Distinct().Count();

    // Before it is sent: whatever happens then, it was asked for.
    internal void Asking(JobOrder order, string owner) => _jobs[order.Marker] = new JobClaim(order.Marker, owner, order.Results, IsAcknowledged: false, JobId: null);

    internal void Promised(long marker, Guid? id) => _jobs[marker] = _jobs[marker] with { IsAcknowledged = true, JobId = id };

    internal void Registering(string email) => _users.TryAdd(email, new UserClaim(email, IsAcknowledged: false));

    internal void Registered(string email) => _users[email] = new UserClaim(email, IsAcknowledged: true);

    internal void Pushed(PushFact push) => _pushes.Enqueue(push);
}
