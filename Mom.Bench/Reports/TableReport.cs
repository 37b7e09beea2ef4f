using System.Globalization;
using Mom.Bench.Measuring;
using Mom.Bench.Scenarios;

namespace Mom.Bench.Reports;

/// <summary>One scenario for people.</summary>
internal static class TableReport
{
    public static void Write(TextWriter output, ScenarioResult scenario)
    {
        output.WriteLine();
        output.WriteLine(Format($"{scenario.Name}: {scenario.Description} ({scenario.Messages:N0} a round)"));
        output.WriteLine($"  {"",-16}{"msg/s",10}{"ratio",9}{"least-greatest",17}{"p50 ms",9}{"p95 ms",9}{"p99 ms",9}{"B/msg",10}{"cpu us",9}{"broker",9}");
        foreach (var result in scenario.Results)
        {
            output.WriteLine(Line(result));
        }
    }

    private static string Line(Result result)
    {
        var range = Format($"{result.LeastRatio:0.00}-{result.GreatestRatio:0.00}");
        var line = Format($"  {result.Contender,-16}{result.Rate,10:N0}{result.Ratio,9:0.00}{range,17}");
        line += result.Latency is { } latency ? Format($"{latency.P50,9:0.00}{latency.P95,9:0.00}{latency.P99,9:0.00}") : new string(' ', 27);
        return line + Format($"{result.AllocatedPerMessage,10:N0}{result.ProcessorMicroseconds,9:0.0}{result.BrokerMicroseconds,9:0.0}");
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
