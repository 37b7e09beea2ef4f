using System.Diagnostics;
using Mom.Contracts.Operations;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Stored = Mom.Messaging.EntityFrameworkCore.DeadLetters;

namespace Mom.Workers.Database.DeadLetters;

/// <summary>The library's dead letters as the messages of this system show them, and back.</summary>
internal static class DeadLetterRowExtensions
{
    public static DeadLetter ToContract(this DeadLetterRow row) => new(
        row.Id,
        row.Queue,
        row.MessageId,
        row.Type,
        row.Priority,
        ToContract(row.State),
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
        row.OriginalText() is { } original ? Shown(original) : null,
        row.HeaderTexts(),
        row.ExceptionStack,
        [.. row.Audit.OrderBy(audit => audit.Id).Select(audit => new DeadLetterAudit(audit.At, audit.By, audit.Action, audit.Detail))]);

    public static DeadLetterOperation ToContract(this DeadLetterOperationRow row) => new(
        row.Id,
        row.Kind == Stored.DeadLetterOperationKind.Replay ? Contracts.Operations.DeadLetterOperationKind.Replay : Contracts.Operations.DeadLetterOperationKind.Discard,
        ToContract(row.Wanted()),
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

    public static Stored.DeadLetterFilter ToStored(this Contracts.Operations.DeadLetterFilter filter) => new(
        filter.State is { } state ? ToStored(state) : null,
        filter.Queue,
        filter.Type,
        filter.Exception,
        filter.Text,
        filter.From,
        filter.To,
        filter.Reason,
        filter.ExceptionType);

    public static Stored.DeadLetterOperationKind ToStored(this Contracts.Operations.DeadLetterOperationKind kind) =>
        kind == Contracts.Operations.DeadLetterOperationKind.Replay ? Stored.DeadLetterOperationKind.Replay : Stored.DeadLetterOperationKind.Discard;

    private static Contracts.Operations.DeadLetterFilter ToContract(Stored.DeadLetterFilter filter) => new(
        filter.State is { } state ? ToContract(state) : null,
        filter.Queue,
        filter.Type,
        filter.Exception,
        filter.Text,
        filter.From,
        filter.To,
        filter.Reason,
        filter.ExceptionType);

    private static Contracts.Operations.DeadLetterState ToContract(Stored.DeadLetterState state) => state switch
    {
        Stored.DeadLetterState.Replayed => Contracts.Operations.DeadLetterState.Replayed,
        Stored.DeadLetterState.Discarded => Contracts.Operations.DeadLetterState.Discarded,
        _ => Contracts.Operations.DeadLetterState.Dead,
    };

    private static Stored.DeadLetterState ToStored(Contracts.Operations.DeadLetterState state) => state switch
    {
        Contracts.Operations.DeadLetterState.Replayed => Stored.DeadLetterState.Replayed,
        Contracts.Operations.DeadLetterState.Discarded => Stored.DeadLetterState.Discarded,
        _ => Stored.DeadLetterState.Dead,
    };

    private static string Shown(string text) => text.Length <= DeadLetterRow.ShownLength ? text : $"{text[..DeadLetterRow.ShownLength]}… ({text.Length:N0} characters)";
}
