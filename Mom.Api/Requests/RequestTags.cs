using Mom.Messaging.Diagnostics;

namespace Mom.Api.Requests;

internal static class RequestTags
{
    /// <summary>Begins the tags of each request, so that the id of a job stands on its span and on every line that it logs.</summary>
    public static void UseMessageTags(this WebApplication app) => app.Use(async (_, next) =>
    {
        using var tags = MessageTags.Begin(app.Logger);
        await next();
    });
}
