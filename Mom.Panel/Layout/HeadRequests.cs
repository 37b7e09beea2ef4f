namespace Mom.Panel.Layout;

/// <summary>
/// Answers HEAD as GET without the body (RFC 9110, section 9.3.2), which link checkers and load balancers ask for: pages are mapped for GET alone.
/// </summary>
/// <remarks>A filter, for only what comes before the routing can change the method that it looks at.</remarks>
internal sealed class HeadRequests : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(AnswerAsync);
        next(app);
    };

    private static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Response.Body = body;
        }
    }
}
