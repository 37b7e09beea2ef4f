using Microsoft.AspNetCore.DataProtection;

namespace Mom.Panel.Session;

/// <summary>Authentication: login, renewal, logout.</summary>
internal static class SessionExtensions
{
    /// <summary>
    /// Adds cookie authentication. With <c>DataProtection:KeysFolder</c> the cookie's keys are kept there; else where ASP.NET Core
    /// keeps them by default (the user's home folder). A container needs a folder on a volume, shared by all replicas, or every
    /// restart logs everybody out.
    /// </summary>
    public static void AddSession(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme, SessionCookie.Configure);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<SharedSessions>();
        services.AddScoped<CurrentSession>();
        services.AddSingleton<SessionSeal>();

        var protection = services.AddDataProtection().SetApplicationName("mom-panel");
        if (builder.Configuration["DataProtection:KeysFolder"] is { Length: > 0 } folder)
            protection.PersistKeysToFileSystem(new DirectoryInfo(folder));
    }
}
