using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Bench.Scenarios;
using Mom.Bench.WholeSystem;

namespace Mom.Bench.Reports;

/// <summary>All scenarios for programs.</summary>
internal static partial class JsonReport
{
    public static void Write(TextWriter output, int rounds, IReadOnlyList<ScenarioResult> scenarios, SystemResults whole) =>
        output.WriteLine(JsonSerializer.Serialize(
            new Report(rounds, Environment.ProcessorCount, scenarios, whole.System, whole.Growth, whole.Sockets, whole.Soak, BarsOf(scenarios, whole)), ReportJson.Default.Report));

    /// <summary>All figures that have a goal.</summary>
    public static IReadOnlyList<Bar> BarsOf(IReadOnlyList<ScenarioResult> scenarios, SystemResults whole) => [.. scenarios.SelectMany(Bars.Of), .. whole.Bars];

    /// <summary>What is written; <see langword="null"/> for what was not measured.</summary>
    /// <param name="Rounds">Rounds that each figure is the median of.</param>
    /// <param name="Processors">Of the machine.</param>
    /// <param name="Scenarios">The results.</param>
    /// <param name="System">Those of the whole system.</param>
    /// <param name="Growth">Those with much waiting and much stored.</param>
    /// <param name="Sockets">Those of many connections.</param>
    /// <param name="Soak">Those of a long load.</param>
    /// <param name="Bars">The figures that have a goal.</param>
    internal sealed record Report(
        int Rounds,
        int Processors,
        IReadOnlyList<ScenarioResult> Scenarios,
        SystemFigures? System,
        GrowthFigures? Growth,
        SocketFigures? Sockets,
        SoakFigures? Soak,
        IReadOnlyList<Bar> Bars);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Report))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}
