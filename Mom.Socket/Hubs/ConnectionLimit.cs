using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Sessions;

namespace Mom.Socket.Hubs;

/// <summary>Refuses a connection of a user who has too many, with 429, before it is one: it costs nothing, and its client is told why.</summary>
internal static class ConnectionLimit
{
    private const int RetryAfterSeconds = 30;

    /// <summary>After the authorization.</summary>
    public static void UseConnectionLimit(this WebApplication app) => app.Use(async (http, next) =>
    {
        var limit = http.RequestServices.GetRequiredService<IOptions<SocketOptions>>().Value.ConnectionsPerUser;
        if (IsNew(http) && http.RequestServices.GetRequiredService<OpenConnections>().CountOf(http.User.UserId()) >= limit)
        {
            http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            await Results.Problem(new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Detail = Message(limit) }).ExecuteAsync(http);
            return;
        }

        await next();
    });

    public static string Message(int limit) => $"There are {limit} connections of this user already. Close one of them.";

    // What belongs to a connection that is open names it.
    private static bool IsNew(HttpContext http) =>
        http.User.Identity?.IsAuthenticated is true && http.Request.Path.StartsWithSegments(SocketContract.HubPath, StringComparison.Ordinal) && !http.Request.Query.ContainsKey("id");
}
