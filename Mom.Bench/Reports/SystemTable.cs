using System.Globalization;
using Mom.Bench.WholeSystem;

namespace Mom.Bench.Reports;

/// <summary>The whole system for people.</summary>
internal static class SystemTable
{
    public static void Write(TextWriter output, SystemFigures figures)
    {
        output.WriteLine();
        output.WriteLine("system: whole jobs of one operation, from the order over HTTP to the push of its end");
        Write(output, figures.Bars);
        Write(output, "p50 ms of one caller alone", figures.Parts.ToDictionary(part => part.Key, part => part.Value.P50, StringComparer.Ordinal));
        Write(output, "processor ms per job", figures.ProcessorMs);
        output.WriteLine(Format($"    {"together",-92}{figures.ProcessorMs.Values.Sum(),8:0.00}"));
        Write(output, "peak memory, MiB resident", figures.PeakMemory);
        Write(output, "Postgres per job", figures.DatabasePerJob);
        output.WriteLine(Format($"    {"Redis commands per job",-92}{figures.RedisPerJob,8:0.00}"));
        Write(output, "Redis, by command", figures.RedisCommands);
        Write(output, "statements per job", figures.Statements);
    }

    public static void Write(TextWriter output, SocketFigures figures)
    {
        output.WriteLine();
        output.WriteLine(Format($"sockets: {figures.Connections:N0} idle connections to one service"));
        output.WriteLine(Format($"    {"KiB resident each",-92}{figures.KibibytesEach,8:0.00}"));
        output.WriteLine(Format($"    {"seconds from an order to the push of its end on the last of them",-92}{figures.FanOutSeconds,8:0.00}"));
    }

    public static void Write(TextWriter output, GrowthFigures figures)
    {
        output.WriteLine();
        output.WriteLine("growth: the same requests with little and with much");
        Write(output, figures.Bars);
    }

    public static void Write(TextWriter output, SoakFigures figures)
    {
        output.WriteLine();
        output.WriteLine(Format($"soak: resident memory after {figures.Minutes} minutes of load"));
        Write(output, figures.Bars);
    }

    private static void Write(TextWriter output, IReadOnlyList<Bar> bars)
    {
        foreach (var bar in bars)
        {
            var reference = bar is { Reference: { } other, Ratio: { } ratio } ? Format($"  of {other:0.##}: {ratio:0.00}") : string.Empty;
            output.WriteLine(Format($"  {bar.Name,-70}{bar.Ours,10:0.00}  goal {bar.Goal,6:0.##}  {(bar.Met ? "met" : "not met")}{reference}"));
        }
    }

    private static void Write(TextWriter output, string title, IReadOnlyDictionary<string, double> values)
    {
        output.WriteLine($"  {title}");
        foreach (var (name, value) in values)
        {
            output.WriteLine(Format($"    {name,-92}{value,8:0.00}"));
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
