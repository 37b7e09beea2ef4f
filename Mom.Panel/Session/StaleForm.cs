using Microsoft.AspNetCore.Antiforgery;

namespace Mom.Panel.Session;

/// <summary>
/// What to do with a form whose antiforgery token is not good any more, such as a login page that stayed open in a second tab
/// while the user logged in in the first: show the page anew, in place of an error that the user can do nothing about.
/// </summary>
internal static class StaleForm
{
    /// <summary>Comes after <c>UseAntiforgery</c>, which does the check and leaves the answer to others.</summary>
    public static void UseStaleFormRecovery(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);

        var request = context.Request;
        context.Response.Redirect(request.Path == PanelRoutes.Logout ? PanelRoutes.Home : PanelRoutes.LocalOrHome(request.Path + request.QueryString));
        return Task.CompletedTask;
    });
}
