namespace Mom.Api.Requests;

/// <summary>Which page of a list, from the query.</summary>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
internal sealed record PageQuery(int Page = 1, int PageSize = 20)
{
    private const int MaxPageSize = 100;

    public void Check(FieldErrors errors)
    {
        errors.Require(Page is >= 1 and <= 1_000_000, "page", "Pages are counted from 1.");
        errors.Require(PageSize is >= 1 and <= MaxPageSize, "pageSize", $"A page has 1 to {MaxPageSize} entries.");
    }

    /// <summary>Answers with the page, the total (<c>X-Total-Count</c>) and the addresses of other pages (<c>Link</c>).</summary>
    public IResult Ok<T>(HttpContext http, T list, int total)
    {
        http.Response.Headers["X-Total-Count"] = $"{total}";
        http.Response.Headers.Link = PageLinks.For(http.Request, Page, PageSize, total);
        return Results.Ok(list);
    }
}
