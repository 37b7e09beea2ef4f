using Microsoft.AspNetCore.Mvc;
using Mom.Panel.Api;

namespace Mom.Panel.Session;

/// <summary>Endpoints that change the cookie, which needs an HTTP response.</summary>
internal static class SessionEndpoints
{
    // A sealed session is about 2 KiB.
    private const long SealLimit = 16 * 1024;

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(PanelRoutes.Logout, LogoutAsync);
        routes.MapPost(PanelRoutes.Renew, RenewAsync).WithMetadata(new RequestSizeLimitAttribute(SealLimit));
    }

    // The form parameter makes the framework check the antiforgery token.
    private static async Task<IResult> LogoutAsync([FromForm] string? returnUrl, HttpContext context, ApiClient api, SharedSessions sessions)
    {
        if (PanelSession.From(context.User) is { } session)
        {
            await api.LogoutAsync(sessions.NewestOf(session), context.RequestAborted);
            sessions.End(session.Id);
        }

        await SessionCookie.SignOutAsync(context);
        return Results.LocalRedirect(PanelRoutes.LoginThenReturn(returnUrl, ended: false));
    }

    // No antiforgery token is needed: only a circuit of the same session can create the body.
    private static async Task<IResult> RenewAsync(HttpContext context, SessionSeal seal)
    {
        using var reader = new StreamReader(context.Request.Body);
        var renewed = seal.Open(await reader.ReadToEndAsync(context.RequestAborted));
        var present = PanelSession.From(context.User);
        if (renewed is null || !string.Equals(renewed.Id, present?.Id, StringComparison.Ordinal))
            return Results.BadRequest();

        await SessionCookie.SignInAsync(context, renewed);
        return Results.NoContent();
    }
}
