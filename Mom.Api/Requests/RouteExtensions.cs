namespace Mom.Api.Requests;

internal static class RouteExtensions
{
    /// <summary>Forbids caches to store the answer (RFC 6749, section 5.1): it contains a token or private data.</summary>
    public static RouteHandlerBuilder NotStored(this RouteHandlerBuilder route) => route.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    });

    /// <summary>Marks the route as deprecated in the API's description, and names its successor.</summary>
    public static RouteHandlerBuilder AsDeprecated(this RouteHandlerBuilder route, string instead) => route
        .WithDescription($"Kept for clients that know no other way. Use {instead}: a GET is to change nothing (RFC 9110, section 9.2.1).")
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Deprecated = true;
            return Task.CompletedTask;
        });
}
