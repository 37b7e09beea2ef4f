using Microsoft.AspNetCore.Http.Extensions;

namespace Mom.Api.Requests;

/// <summary>Links between pages as a <c>Link</c> header (RFC 8288).</summary>
internal static class PageLinks
{
    public static string For(HttpRequest request, int page, int pageSize, int total)
    {
        var last = Math.Max(1, (total + pageSize - 1) / pageSize);
        var links = new List<string> { Link(request, 1, "first") };
        if (page > 1)
        {
            links.Add(Link(request, page - 1, "prev"));
        }

        if (page < last)
        {
            links.Add(Link(request, page + 1, "next"));
        }

        links.Add(Link(request, last, "last"));
        return string.Join(", ", links);
    }

    private static string Link(HttpRequest request, int page, string relation)
    {
        var query = new QueryBuilder(request.Query
            .Where(parameter => !string.Equals(parameter.Key, "page", StringComparison.OrdinalIgnoreCase))
            .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString())))
        {
            { "page", $"{page}" },
        };
        return $"<{request.PathBase}{request.Path}{query}>; rel=\"{relation}\"";
    }
}
