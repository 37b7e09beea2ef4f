using Microsoft.AspNetCore.Components.Authorization;

namespace Mom.Panel.Session;

/// <summary>The session of this circuit, or of this request.</summary>
/// <remarks>
/// It starts with the session of the cookie and is renewed in place, because a circuit lasts longer than a token. All circuits of one session
/// have its newest token (see <see cref="SharedSessions"/>), and end together.
/// </remarks>
public sealed class CurrentSession : IDisposable
{
    private readonly AuthenticationStateProvider _authentication;
    private readonly SharedSessions _shared;
    private PanelSession? _session;

    public CurrentSession(AuthenticationStateProvider authentication, SharedSessions shared)
    {
        (_authentication, _shared) = (authentication, shared);
        _shared.Ended += OnEnded;
    }

    /// <summary>Raised once, when the API refuses this session's token.</summary>
    public event EventHandler? Ended;

    /// <summary>Whether the session is known to have ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The session with its newest token, or <see langword="null"/> without a login.</summary>
    public async ValueTask<PanelSession?> GetAsync()
    {
        _session ??= PanelSession.From((await _authentication.GetAuthenticationStateAsync()).User);
        return _session = _session is null ? null : _shared.NewestOf(_session);
    }

    /// <summary>Renews the session, or takes the token of another circuit that has renewed it meanwhile.</summary>
    /// <returns>The session, and whether the browser's cookie is to be renewed by this circuit.</returns>
    public async Task<(PanelSession Session, bool Renewed)> RenewAsync(Func<Task<PanelSession>> renew, CancellationToken cancellationToken)
    {
        var held = await GetAsync() ?? throw new InvalidOperationException("Nobody is logged in.");
        _session = await _shared.RenewAsync(held, renew, cancellationToken);
        return (_session, !string.Equals(_session.AccessToken, held.AccessToken, StringComparison.Ordinal));
    }

    /// <summary>Replaces the token with one that was renewed elsewhere.</summary>
    public void Use(PanelSession session) => _session = _shared.Use(session);

    /// <summary>Ends the session for all its circuits.</summary>
    public void End()
    {
        if (_session is { } session)
            _shared.End(session.Id);
        else
            OnEnded();
    }

    public void Dispose() => _shared.Ended -= OnEnded;

    private void OnEnded(object? sender, SessionEndedEventArgs e)
    {
        if (string.Equals(e.SessionId, _session?.Id, StringComparison.Ordinal))
            OnEnded();
    }

    private void OnEnded()
    {
        if (HasEnded)
            return;

        HasEnded = true;
        Ended?.Invoke(this, EventArgs.Empty);
    }
}
