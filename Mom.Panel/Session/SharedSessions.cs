using System.Collections.Concurrent;

namespace Mom.Panel.Session;

/// <summary>
/// The newest token of each session that circuits of this process hold. A session has one valid token: two windows that share it must not each
/// renew the token that they started with: the API treats a reused token as stolen.
/// </summary>
public sealed class SharedSessions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Shared> _sessions = new(StringComparer.Ordinal);

    /// <summary>Raised on any thread when a session has ended.</summary>
    public event EventHandler<SessionEndedEventArgs>? Ended;

    /// <summary>The same session, with the newest token that is known here.</summary>
    public PanelSession NewestOf(PanelSession session) =>
        _sessions.TryGetValue(session.Id, out var shared) && shared.Newest.IssuedAt > session.IssuedAt ? shared.Newest : session;

    /// <summary>Stores a token that was renewed elsewhere.</summary>
    /// <returns>The newest.</returns>
    public PanelSession Use(PanelSession session)
    {
        var shared = Of(session);
        shared.Newest = NewestOf(session);
        return shared.Newest;
    }

    /// <summary>Renews a session, one circuit at a time: the others use its result.</summary>
    public async Task<PanelSession> RenewAsync(PanelSession held, Func<Task<PanelSession>> renew, CancellationToken cancellationToken)
    {
        var shared = Of(held);
        await shared.Gate.WaitAsync(cancellationToken);
        try
        {
            if (string.Equals(shared.Newest.AccessToken, held.AccessToken, StringComparison.Ordinal))
                shared.Newest = await renew();
            return shared.Newest;
        }
        finally
        {
            shared.Gate.Release();
        }
    }

    public void End(string sessionId)
    {
        _sessions.TryRemove(sessionId, out _);
        Ended?.Invoke(this, new SessionEndedEventArgs(sessionId));
    }

    private Shared Of(PanelSession session)
    {
        foreach (var (id, shared) in _sessions)
        {
            if (shared.Newest.ExpiresAt < clock.GetUtcNow())
                _sessions.TryRemove(id, out _);
        }

        return _sessions.GetOrAdd(session.Id, static (_, first) => new Shared(first), session);
    }

    private sealed class Shared(PanelSession first)
    {
        private volatile PanelSession _newest = first;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public PanelSession Newest
        {
            get => _newest;
            set => _newest = value;
        }
    }
}

/// <summary>The session that has ended.</summary>
public sealed class SessionEndedEventArgs(string sessionId) : EventArgs
{
    public string SessionId { get; } = sessionId;
}
