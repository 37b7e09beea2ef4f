using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Mom.Panel.Session;

/// <summary>
/// Carries a renewed session from a circuit over the browser to the endpoint that sets the cookie, which a circuit cannot do.
/// The browser sees ciphertext that is valid for a minute.
/// </summary>
internal sealed class SessionSeal(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("Mom.Panel.SessionSeal.v1").ToTimeLimitedDataProtector();

    public string Close(PanelSession session) => _protector.Protect(JsonSerializer.Serialize(session), Lifetime);

    /// <summary>The session, or <see langword="null"/> when the seal has expired or is invalid.</summary>
    public PanelSession? Open(string sealedSession)
    {
        try
        {
            return JsonSerializer.Deserialize<PanelSession>(_protector.Unprotect(sealedSession));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
