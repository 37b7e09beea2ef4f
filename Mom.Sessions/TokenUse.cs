using Microsoft.AspNetCore.Http;

namespace Mom.Sessions;

/// <summary>What a service does with tokens.</summary>
/// <param name="Issues">Whether it issues them. All others can only check them.</param>
/// <param name="InQueryUnder">
/// A browser cannot send headers with a WebSocket, so SignalR sends the token as <c>access_token</c> in the query. It is read from there
/// under this path only, because URLs end up in logs and histories.
/// </param>
internal sealed record TokenUse(bool Issues, PathString? InQueryUnder)
{
    /// <returns><see langword="null"/> to leave the search to the <c>Authorization</c> header.</returns>
    public string? ReadFromQuery(HttpRequest request) =>
        InQueryUnder is { } allowed && request.Path.StartsWithSegments(allowed, StringComparison.Ordinal)
            && request.Query.TryGetValue("access_token", out var token) && token.Count == 1
            ? token[0]
            : null;
}
