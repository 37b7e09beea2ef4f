using System.Globalization;
using System.Text;

namespace Mom.Chaos.Bookkeeping;

/// <summary>The ledger for people.</summary>
internal static class LedgerText
{
    private const int FindingsShown = 20;

    public static string Of(Ledger ledger)
    {
        var text = new StringBuilder()
            .AppendLine("          attempted  acknowledged        ok      lost  duplicated effects  recovered  unexpected")
            .AppendLine(Line("jobs", ledger.Jobs))
            .AppendLine(Line("users", ledger.Users))
            .AppendLine(Line("faults", ledger.Faults))
            .AppendLine(CultureInfo.InvariantCulture, $"  left: outbox {ledger.Remains.Outbox} ({ledger.Remains.OutboxDead} given up), queues {ledger.Remains.Ready}, un-acked {ledger.Remains.Unacked}, dead letters {ledger.Remains.DeadLetters}; pushed over sockets: {ledger.Pushes} events");
        foreach (var finding in ledger.Findings.Take(FindingsShown))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  ! {finding}");
        }

        if (ledger.Findings.Count > FindingsShown)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  ! and {ledger.Findings.Count - FindingsShown} more.");
        }

        return text.Append(ledger.Passes ? "  PASS: nothing is lost." : "  FAIL").ToString();
    }

    private static string Line(string name, Count count) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-7} {count.Attempted,9}  {count.Acknowledged,12}  {count.Ok,8}  {count.Lost,8}  {count.Duplicated,18}  {count.Recovered,9}  {count.Unexpected,10}");
}
