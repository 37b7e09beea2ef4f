using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Mom.Panel.Session;

/// <summary>The session cookie: encrypted, HttpOnly, SameSite.</summary>
internal static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    // Cookies are shared between ports of a host, so the name must be unique on it.
    public const string Name = "mom-panel";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = false;
        options.LoginPath = PanelRoutes.Login;
        options.ReturnUrlParameter = PanelRoutes.ReturnUrl;
        options.Events.OnRedirectToLogin = RedirectToLogin;
        options.Events.OnRedirectToAccessDenied = HidePage;
    }

    /// <summary>Gives the browser this session. It ends with the browser, or with the token, whichever is first.</summary>
    public static Task SignInAsync(HttpContext context, PanelSession session) =>
        context.SignInAsync(
            Scheme,
            session.ToPrincipal(),
            new AuthenticationProperties { IssuedUtc = session.IssuedAt, ExpiresUtc = session.ExpiresAt });

    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(Scheme);

    // A cookie that is present and not valid any more shows that a session has ended; without a cookie there was none.
    private static Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var returnUrl = context.Request.Path + context.Request.QueryString;
        context.Response.Redirect(PanelRoutes.LoginThenReturn(returnUrl, ended: context.Request.Cookies.ContainsKey(Name)));
        return Task.CompletedTask;
    }

    // A forbidden page answers 404, as the API does.
    private static Task HidePage(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
