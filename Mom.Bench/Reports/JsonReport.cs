using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Bench.Scenarios;
using Mom.Bench.WholeSystem;

namespace Mom.Bench.Reports;

/// <summary>All scenarios for programs.</summary>
internal static partial class JsonReport
{
    public static void Write(TextWriter output, int rounds, IReadOnlyList<ScenarioResult> scenarios, SystemFigures? system, SocketFigures? sockets) =>
        output.WriteLine(JsonSerializer.Serialize(new Report(rounds, Environment.ProcessorCount, scenarios, system, sockets, BarsOf(scenarios, system, sockets)), ReportJson.Default.Report));

    /// <summary>All figures that have a goal.</summary>
    public static IReadOnlyList<Bar> BarsOf(IReadOnlyList<ScenarioResult> scenarios, SystemFigures? system, SocketFigures? sockets) =>
        [.. scenarios.SelectMany(Bars.Of), .. system?.Bars ?? [], .. sockets?.Bars ?? []];

    /// <summary>What is written.</summary>
    /// <param name="Rounds">Rounds that each figure is the median of.</param>
    /// <param name="Processors">Of the machine.</param>
    /// <param name="Scenarios">The results.</param>
    /// <param name="System">Those of the whole system; <see langword="null"/> where it was not measured.</param>
    /// <param name="Sockets">Those of many connections; <see langword="null"/> where they were not measured.</param>
    /// <param name="Bars">The figures that have a goal.</param>
    internal sealed record Report(int Rounds, int Processors, IReadOnlyList<ScenarioResult> Scenarios, SystemFigures? System, SocketFigures? Sockets, IReadOnlyList<Bar> Bars);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Report))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}
