namespace Mom.Panel.Api;

/// <summary>
/// The client behind a request: the API counts attempts by address, and shows users where they are logged in. It accepts the address from the panel if the panel is one of
/// its trusted proxies.
/// </summary>
public sealed record Visitor(string? Address, string UserAgent)
{
    public static Visitor Of(HttpContext http) => new(http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent.ToString());

    public void AddTo(HttpRequestMessage request)
    {
        if (Address is not null)
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", Address);
        if (UserAgent.Length > 0)
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
    }
}
