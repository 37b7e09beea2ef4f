using Microsoft.AspNetCore.Components.Authorization;

namespace Mom.Panel.Session;

/// <summary>The session of this circuit, or of this request.</summary>
/// <remarks>
/// It begins as what the cookie held when the circuit began, and is renewed in place: the circuit outlives many tokens.
/// </remarks>
public sealed class CurrentSession(AuthenticationStateProvider authentication)
{
    private PanelSession? _session;

    /// <summary>The API does not take this session's token any more. Raised once.</summary>
    public event EventHandler? Ended;

    /// <summary>Whether <see cref="End"/> was called.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The session, or <see langword="null"/> when nobody is logged in.</summary>
    public async ValueTask<PanelSession?> GetAsync() =>
        _session ??= PanelSession.From((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>From now on, use this token.</summary>
    public void Use(PanelSession session) => _session = session;

    public void End()
    {
        if (HasEnded)
            return;

        HasEnded = true;
        Ended?.Invoke(this, EventArgs.Empty);
    }
}
