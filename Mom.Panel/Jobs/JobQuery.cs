using System.Globalization;
using Mom.Contracts.Jobs;
using Mom.Panel.Layout;

namespace Mom.Panel.Jobs;

/// <summary>Which of the user's jobs to show.</summary>
/// <param name="Status">Only those in this state.</param>
/// <param name="Text">Only those that contain this text; <see langword="null"/> for all.</param>
/// <param name="Page">From 1.</param>
/// <param name="Sort">In which order.</param>
public sealed record JobQuery(JobStatus? Status = null, string? Text = null, int Page = 1, JobSort Sort = JobSort.Newest)
{
    /// <summary>Jobs on a page.</summary>
    public const int PageSize = 20;

    public bool IsFiltered => Status is not null || Text is not null;

    /// <summary>From the parameters of a page's address; what makes no sense there is left out.</summary>
    public static JobQuery From(string? status, string? text, string? page, string? sort = null) => new(
        Known<JobStatus>(status),
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        PageAddress.Number(page),
        Known<JobSort>(sort) ?? JobSort.Newest);

    /// <summary>The parameters for the API, with the question mark.</summary>
    public QueryString ToQueryString()
    {
        var query = QueryString.Create("page", Page.ToString(CultureInfo.InvariantCulture))
            .Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture));
        if (Sort is not JobSort.Newest)
            query = query.Add("sort", Sort.Word());
        if (Status is { } status)
            query = query.Add("status", status.Word());
        return Text is null ? query : query.Add("text", Text);
    }

    /// <summary>The parameters for the page's address; <see langword="null"/> for those that are left out.</summary>
    public IDictionary<string, object?> ToAddress() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["status"] = Status?.Word(),
        ["text"] = Text,
        ["sort"] = Sort is JobSort.Newest ? null : Sort.Word(),
        ["page"] = Page == 1 ? null : Page,
    };

    private static T? Known<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
}
