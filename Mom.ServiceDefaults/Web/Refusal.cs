using Microsoft.AspNetCore.Http;

namespace Mom.ServiceDefaults.Web;

/// <summary>Turns a request away with problem details (RFC 9457), in services of every kind.</summary>
internal static class Refusal
{
    public static Task WriteAsync(HttpContext http, int status, string detail) => Results.Problem(detail, statusCode: status).ExecuteAsync(http);
}
