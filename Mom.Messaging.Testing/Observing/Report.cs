using System.Globalization;
using System.Text;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Testing.Broker;

namespace Mom.Messaging.Testing.Observing;

/// <summary>Says what happened, for the text of an expectation that was not met.</summary>
internal static class Report
{
    private const int MostLines = 60;
    private const int LongestLine = 240;

    public static string Of(Journal journal, MemoryBroker broker, DateTimeOffset started, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var sightings = journal.All;
        text.AppendLine(sightings.Count == 0 ? "Nothing was published." : "What happened, by the harness's time:");
        foreach (var sighting in sightings.TakeLast(MostLines))
        {
            Line($"  {Since(sighting.At)}  {Say(sighting)}");
        }

        if (sightings.Count > MostLines)
        {
            Line($"  (and {sightings.Count - MostLines} things before these)");
        }

        var waiting = broker.Waiting().Where(each => !each.Queue.EndsWith(".dead", StringComparison.Ordinal)).ToList();
        foreach (var (queue, _, message) in waiting.Where(each => each.Message.Due is not null).OrderBy(each => each.Message.Due))
        {
            Line($"  waits until {Since(message.Due!.Value)}: {journal.Describe(message)} in {queue}. AdvanceAsync moves the time, now {Since(now)}.");
        }

        foreach (var (queue, _, message) in waiting.Where(each => each is { Message.Due: null, Consumers: 0 }))
        {
            Line($"  waits in {queue}, which nothing consumes: {journal.Describe(message)}");
        }

        return text.ToString().TrimEnd();

        void Line(string line) => text.AppendLine(line.Length <= LongestLine ? line : line[..LongestLine] + " ...");

        string Since(DateTimeOffset at) => "+" + (at - started).ToString(at - started < TimeSpan.FromDays(1) ? @"hh\:mm\:ss\.fff" : @"d\.hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
    }

    private static string Say(Sighting sighting) => sighting switch
    {
        { Kind: SightingKind.Handled, Exception: { } refusal } => $"refused       {Name(sighting)} from {sighting.Where}: {refusal.Message}",
        { Kind: SightingKind.Handled, Delivery: { } delivery } => $"handled       {Name(sighting)} from {sighting.Where}, attempt {delivery.Attempt} of {delivery.MaxAttempts}",
        { Kind: SightingKind.Failed, Delivery: { } delivery, Exception: { } exception } =>
            $"failed        {Name(sighting)} from {sighting.Where}, attempt {delivery.Attempt} of {delivery.MaxAttempts}: {exception.GetType().Name}: {exception.Message}",
        { Kind: SightingKind.DeadLettered, Envelope: { } envelope } =>
            $"dead letter   {Name(sighting)} in {sighting.Where}: {Header(envelope, MessageHeaders.DeadReason)} {Header(envelope, MessageHeaders.ExceptionMessage)}",
        { Kind: SightingKind.SentOn } => $"sent on       {Name(sighting)} to {sighting.Where}",
        { Kind: SightingKind.Replied } => $"replied       {Name(sighting)}",
        { Kind: SightingKind.Requested } => $"requested     {Name(sighting)} from {sighting.Where}",
        _ when sighting.DeliverAt > sighting.At => $"published     {Name(sighting)} to {sighting.Where}, to be delivered after {sighting.DeliverAt - sighting.At}",
        _ => $"published     {Name(sighting)} to {sighting.Where}",
    };

    private static string Name(Sighting sighting) =>
        sighting.Envelope is { } envelope ? Journal.Describe(sighting.Type, envelope) : sighting.Message?.ToString() ?? sighting.Type?.Name ?? "a message";

    private static string Header(Envelope envelope, string name) => envelope.Headers.GetValueOrDefault(name)?.ToString() ?? string.Empty;
}
