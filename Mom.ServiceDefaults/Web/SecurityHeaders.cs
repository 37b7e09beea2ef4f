using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Mom.ServiceDefaults.Web;

/// <summary>
/// Headers on every answer, errors included. The values are those of the OWASP Secure Headers Project
/// (https://owasp.org/www-project-secure-headers/) and of ASVS 5.0, chapter 3.4.
/// </summary>
public static class SecurityHeaders
{
    /// <summary>The policy of an answer that is no page: if a browser should show it as one, it loads nothing, and nothing may frame it.</summary>
    public const string NoPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // A year, as ASVS 3.4.1 has it. Subdomains too, but for those of this machine: see below.
    private const string OneYear = "max-age=31536000; includeSubDomains";

    private const string NoDevices = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    /// <summary>Gives one answer another policy than its service has, as for a page of documentation.</summary>
    public static void SetContentSecurityPolicy(this HttpContext http, string policy)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Items[typeof(SecurityHeaders)] = policy;
    }

    internal static void UseSecurityHeaders(this IApplicationBuilder app, string contentSecurityPolicy) => app.Use((http, next) =>
    {
        // At the last moment: what handles errors takes all headers away that were set before.
        http.Response.OnStarting(
            static state =>
            {
                var (http, policy) = ((HttpContext, string))state;
                Set(http, http.Items[typeof(SecurityHeaders)] as string ?? policy);
                return Task.CompletedTask;
            },
            (http, contentSecurityPolicy));
        return next(http);
    });

    private static void Set(HttpContext http, string contentSecurityPolicy)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = NoDevices;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // RFC 6797, section 7.2: not over plain HTTP. A browser that keeps it for localhost would keep it for every other program there.
        if (http.Request.IsHttps && !AllowedHosts.IsLoopback(http.Request.Host.Host))
            headers.StrictTransportSecurity = OneYear;
        // What may be kept says so itself, as static files do. The rest is somebody's own (RFC 9111, section 5.2.2.5).
        if (StringValues.IsNullOrEmpty(headers[HeaderNames.CacheControl]))
            headers.CacheControl = "no-store";
    }
}
