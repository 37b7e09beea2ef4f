using System.Globalization;
using Mom.Contracts.Operations;
using Mom.Panel.Layout;

namespace Mom.Panel.DeadLetters;

/// <summary>Which dead letters to show.</summary>
/// <param name="Text">Only those with this in their body, reason or message id; <see langword="null"/> for all.</param>
/// <param name="Page">From 1.</param>
/// <param name="Queue">Only those of this queue.</param>
/// <param name="Type">Only messages of this wire name.</param>
/// <param name="Reason">Only those with this reason.</param>
/// <param name="Exception">Only those with this type of exception; an empty text for those without one.</param>
public sealed record DeadLetterQuery(
    DeadLetterState State = DeadLetterState.Dead,
    string? Text = null,
    int Page = 1,
    string? Queue = null,
    string? Type = null,
    string? Reason = null,
    string? Exception = null)
{
    /// <summary>Dead letters on a page.</summary>
    public const int PageSize = 20;

    /// <summary>Whether the query selects one group.</summary>
    public bool IsOfGroup => Queue is not null || Type is not null || Reason is not null || Exception is not null;

    /// <summary>Reads the parameters of a page's address and ignores invalid ones.</summary>
    public static DeadLetterQuery From(string? state, string? text, string? page) => new(
        Enum.TryParse<DeadLetterState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : DeadLetterState.Dead,
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        PageAddress.Number(page));

    /// <summary>The same query for one group.</summary>
    public static DeadLetterQuery Of(DeadLetterCause group) =>
        new(Queue: group.Queue, Type: group.Type.Length == 0 ? null : group.Type, Reason: group.Reason, Exception: group.ExceptionType ?? "");

    /// <summary>The same query as the selection of an operation.</summary>
    public DeadLetterFilter ToFilter() => new(State, Queue, Type, Exception: null, Text, From: null, To: null, Reason, Exception);

    /// <summary>The parameters for the API, with the question mark.</summary>
    public QueryString ToQueryString() => ToFilterString()
        .Add("page", Page.ToString(CultureInfo.InvariantCulture))
        .Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture));

    /// <summary>The parameters for the API without the page, with the question mark.</summary>
    public QueryString ToFilterString()
    {
        var query = QueryString.Create("state", State.ToString());
        foreach (var (name, value) in new[] { ("text", Text), ("queue", Queue), ("type", Type), ("reason", Reason), ("exceptionType", Exception) })
            query = value is null ? query : query.Add(name, value);
        return query;
    }
}
