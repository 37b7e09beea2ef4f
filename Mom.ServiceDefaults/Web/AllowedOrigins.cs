using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Mom.ServiceDefaults.Web;

/// <summary>
/// Whose pages may call a service: its own, and those of the origins in the setting <c>Web:Origins</c>, parted by semicolons, such as
/// <c>https://app.example.org</c>. A caller without the header <c>Origin</c> is no page of a browser.
/// </summary>
internal sealed class AllowedOrigins
{
    private AllowedOrigins(IReadOnlyList<string> configured) => Configured = configured;

    public IReadOnlyList<string> Configured { get; }

    /// <exception cref="InvalidOperationException">An entry is no origin.</exception>
    public static AllowedOrigins From(IConfiguration configuration) => new(
        [.. (configuration["Web:Origins"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Origin)]);

    /// <param name="origin">As in the header <c>Origin</c> (RFC 6454).</param>
    /// <param name="host">The name that the request calls the service by.</param>
    public bool Contains(StringValues origin, HostString host) =>
        origin is [{ } only] && (Configured.Contains(only, StringComparer.OrdinalIgnoreCase) || IsOwn(only, host));

    // Without the scheme: a proxy may have ended TLS, and then the page's is https where the service's is http.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Scheme is "http" or "https"
        && string.Equals(page.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase)
        && string.Equals(page.IdnHost.Trim('[', ']'), host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && page.Port == (host.Port ?? (page.Scheme is "https" ? 443 : 80));

    private static string Origin(string entry) =>
        Uri.TryCreate(entry, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && page.AbsolutePath is "/"
            ? page.GetLeftPart(UriPartial.Authority)
            : throw new InvalidOperationException($"Web:Origins has '{entry}', which is no origin. One looks like https://app.example.org, with a port where it has one.");
}

internal static class OriginFilter
{
    public static void UseAllowedOrigins(this IApplicationBuilder app, AllowedOrigins allowed, IReadOnlyList<string> paths) => app.Use((http, next) =>
        http.Request.Headers.Origin is not { Count: > 0 } origin
        || !paths.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        || allowed.Contains(origin, http.Request.Host)
            ? next(http)
            : Refusal.WriteAsync(http, StatusCodes.Status403Forbidden, "Pages of this origin may not call this. Others than the service's own are in the setting Web:Origins."));
}
