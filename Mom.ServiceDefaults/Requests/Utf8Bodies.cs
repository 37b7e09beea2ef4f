using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Microsoft.Extensions.Hosting;

/// <summary>JSON between systems is UTF-8 (RFC 8259, section 8.1).</summary>
public static class Utf8Bodies
{
    /// <summary>
    /// Answers 415 to a body of another character set. ASP.NET Core fails with an <see cref="InvalidOperationException"/>, and so a 500, for a
    /// name that it does not know.
    /// </summary>
    public static IApplicationBuilder UseUtf8Bodies(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            && type.Charset.HasValue
            && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = http,
                ProblemDetails = { Status = StatusCodes.Status415UnsupportedMediaType, Detail = "The character set of a body is UTF-8." },
            });
            return;
        }

        if (type?.Charset.HasValue is true)
        {
            // A name in quotes is valid (RFC 9110, section 8.3.1), and one more that ASP.NET Core does not know.
            http.Request.ContentType = type.MediaType.ToString();
        }

        await next(http);
    });
}
