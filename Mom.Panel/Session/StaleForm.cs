using Microsoft.AspNetCore.Antiforgery;

namespace Mom.Panel.Session;

/// <summary>
/// Handles a form whose antiforgery token is no longer valid, such as a login page that stayed open in a second tab
/// while the user logged in in the first: show the page anew, in place of an error that the user can do nothing about.
/// </summary>
internal static class StaleForm
{
    /// <summary>Must come after <c>UseAntiforgery</c>, which validates but does not answer.</summary>
    public static void UseStaleFormRecovery(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);

        var request = context.Request;
        context.Response.Redirect(request.Path == PanelRoutes.Logout ? PanelRoutes.Home : PanelRoutes.LocalOrHome(request.Path + request.QueryString));
        return Task.CompletedTask;
    });
}
