using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Mom.ServiceDefaults.Web;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// What every service that is reached over HTTP does with every request and every answer: names that it goes by, origins that may call it,
/// limits, and headers that tell a browser to be strict.
/// </summary>
public static class WebDefaults
{
    /// <summary>
    /// How long a request may take. Longer than anything that answers: an RPC waits 10 s for its reply, and the math service thinks for up to 10 s.
    /// </summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a body, where a service says nothing else. Kestrel's own default is 30 MB.</summary>
    private const int BodyBytes = 1_048_576;

    /// <summary>Bytes of all headers of a request: a cookie with an encrypted session and its token has 3 to 4 KiB.</summary>
    private const int HeaderBytes = 32 * 1024;

    private const int Headers = 64;

    /// <summary>How deep JSON may be nested in a body. The deepest body of this system has four levels; ASP.NET Core's default is 64.</summary>
    private const int JsonDepth = 32;

    /// <summary>Sets the limits. A service's own settings come after it.</summary>
    internal static void AddWebDefaults(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(AllowedOrigins.From(builder.Configuration));
        services.AddSingleton(AllowedHosts.From(builder.Configuration));
        // The framework's filter reads the same setting, and would turn away probes, which call a container by its address.
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = RequestTimeout });
        services.AddCors();
        services.Configure<JsonOptions>(json => json.SerializerOptions.MaxDepth = JsonDepth);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = Headers;
        });
    }

    /// <summary>To be called first, so that no answer is without its headers and nothing is done for a caller who is turned away.</summary>
    /// <param name="app">The service.</param>
    /// <param name="contentSecurityPolicy">
    /// What a browser may load for a page of the service; by default nothing, for what answers with JSON is no page.
    /// </param>
    /// <param name="onlyFromAllowedOrigins">
    /// Paths, with all below them, that a page of another origin may not call. A browser lets any page open a WebSocket to anybody, and sends cookies
    /// along: CORS does not apply to it (OWASP: cross-site WebSocket hijacking).
    /// </param>
    public static void UseWebDefaults(this WebApplication app, string contentSecurityPolicy = SecurityHeaders.NoPage, params string[] onlyFromAllowedOrigins)
    {
        var origins = app.Services.GetRequiredService<AllowedOrigins>();
        app.UseSecurityHeaders(contentSecurityPolicy);
        app.UseAllowedHosts(app.Services.GetRequiredService<AllowedHosts>());
        app.UseAllowedOrigins(origins, onlyFromAllowedOrigins);
        if (origins.Configured.Count > 0)
            app.UseCors(cors => cors.WithOrigins([.. origins.Configured]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Link", "Location", "Retry-After", "X-Total-Count", "X-Unread-Count"));
        app.UseRequestTimeouts();
    }
}
