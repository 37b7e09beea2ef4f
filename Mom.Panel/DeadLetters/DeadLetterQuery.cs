using System.Globalization;
using Mom.Contracts.Operations;
using Mom.Panel.Layout;

namespace Mom.Panel.DeadLetters;

/// <summary>Which dead letters to show.</summary>
/// <param name="Text">Only those with this in their body, reason or message id; <see langword="null"/> for all.</param>
/// <param name="Page">From 1.</param>
public sealed record DeadLetterQuery(DeadLetterState State = DeadLetterState.Dead, string? Text = null, int Page = 1)
{
    /// <summary>Letters on a page.</summary>
    public const int PageSize = 20;

    /// <summary>From the parameters of a page's address; what makes no sense there is left out.</summary>
    public static DeadLetterQuery From(string? state, string? text, string? page) => new(
        Enum.TryParse<DeadLetterState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : DeadLetterState.Dead,
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        PageAddress.Number(page));

    /// <summary>The parameters for the API, with the question mark.</summary>
    public QueryString ToQueryString()
    {
        var query = QueryString.Create("state", State.ToString())
            .Add("page", Page.ToString(CultureInfo.InvariantCulture))
            .Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture));
        return Text is null ? query : query.Add("text", Text);
    }
}
