using System.Diagnostics;
using Mom.Contracts.Operations;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.DeadLetters;

internal static class DeadLetterRowExtensions
{
    public static DeadLetter ToContract(this DeadLetterRow row) => new(
        row.Id,
        row.Queue,
        row.MessageId,
        row.Type,
        row.Priority,
        row.State,
        row.Reason,
        row.ExceptionType,
        row.ExceptionMessage,
        row.Attempts,
        row.Deaths,
        row.SentAt,
        row.FirstFailedAt,
        row.LastFailedAt,
        ActivityContext.TryParse(row.TraceParent, traceState: null, out var trace) ? trace.TraceId.ToString() : null);

    public static DeadLetterDetail ToDetail(this DeadLetterRow row) => new(
        row.ToContract(),
        Shown(row.BodyText),
        row.OriginalBody is { } original ? Shown(DeadLetterStore.Text(original)) : null,
        DeadLetterHeaders.Texts(row.Headers),
        row.ExceptionStack,
        [.. row.Audit.OrderBy(audit => audit.Id).Select(audit => new DeadLetterAudit(audit.At, audit.By, audit.Action, audit.Detail))]);

    /// <summary>A longer body is not shown whole: the answer must fit into a message. It is not to be edited either.</summary>
    public const int ShownLength = 1_000_000;

    private static string Shown(string text) => text.Length <= ShownLength ? text : $"{text[..ShownLength]}… ({text.Length:N0} characters)";

    public static void Note(this DeadLetterRow row, DateTimeOffset at, string by, string action, string? detail = null) =>
        row.Audit.Add(new DeadLetterAuditRow { At = at, By = by, Action = action, Detail = detail });

    public static DeadLetterOperation ToContract(this DeadLetterOperationRow row) => new(
        row.Id,
        row.Kind,
        DeadLetterQuery.Read(row.Filter),
        DryRun: false,
        row.PerSecond,
        row.Reason,
        row.By,
        row.Total,
        row.Done,
        row.Skipped,
        row.LastSkip,
        row.StartedAt,
        row.FinishedAt);
}
