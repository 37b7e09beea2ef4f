using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Mom.Contracts;
using Mom.Sessions.Tokens;

namespace Mom.Socket.Hubs;

/// <summary>
/// How many connections a user may have to this replica: each push is sent to all of them. One more is answered 429, before it is one; those that
/// are there stay. Setting <c>Socket:ConnectionsPerUser</c>.
/// </summary>
internal sealed class ConnectionLimit(IConfiguration configuration) : IHubFilter
{
    /// <summary>A window of the panel has one; so many windows has nobody, nor so many devices.</summary>
    private const int Default = 50;

    private readonly int _most = configuration.GetValue("Socket:ConnectionsPerUser", Default);
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Whether the user may have another one.</summary>
    public bool HasRoom(string? user) => user is null || _open.GetValueOrDefault(user) < _most;

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var user = context.Context.UserIdentifier;
        // Many that began at the same time were all let in by then.
        if (user is not null && _open.AddOrUpdate(user, 1, static (_, count) => count + 1) > _most)
            context.Context.Abort();
        try
        {
            await next(context);
        }
        catch
        {
            // A connection that the hub does not take has no end that would be told of.
            Leave(user);
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        Leave(context.Context.UserIdentifier);
        await next(context, exception);
    }

    private void Leave(string? user)
    {
        if (user is not null && _open.AddOrUpdate(user, 0, static (_, count) => count - 1) == 0)
            _open.TryRemove(KeyValuePair.Create(user, 0));
    }
}

internal static class ConnectionLimitExtensions
{
    private const int RetryAfterSeconds = 10;

    /// <summary>After the authorization: whose connection it is must be known.</summary>
    public static void UseConnectionLimit(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<ConnectionLimit>();
        app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(SocketContract.HubPath, StringComparison.Ordinal) || limit.HasRoom(http.User.FindFirst(MomClaims.Subject)?.Value))
                return next(http);

            http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            return Results.Problem("You have as many connections as a user may have.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
        });
    }
}
