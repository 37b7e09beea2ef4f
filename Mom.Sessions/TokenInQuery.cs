using Microsoft.AspNetCore.Http;

namespace Mom.Sessions;

/// <summary>
/// A browser cannot send headers with a WebSocket, so SignalR sends the token as <c>access_token</c> in the query. It is read from
/// there under <paramref name="Path"/> only, because URLs end up in logs and histories.
/// </summary>
internal sealed record TokenInQuery(PathString? Path)
{
    /// <returns><see langword="null"/> to leave the search to the <c>Authorization</c> header.</returns>
    public string? Read(HttpRequest request) =>
        Path is { } allowed && request.Path.StartsWithSegments(allowed, StringComparison.Ordinal)
            && request.Query.TryGetValue("access_token", out var token) && token.Count == 1
            ? token[0]
            : null;
}
