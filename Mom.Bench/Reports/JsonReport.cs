using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Bench.Scenarios;

namespace Mom.Bench.Reports;

/// <summary>All scenarios for programs.</summary>
internal static partial class JsonReport
{
    public static void Write(TextWriter output, int rounds, IReadOnlyList<ScenarioResult> scenarios) =>
        output.WriteLine(JsonSerializer.Serialize(new Report(rounds, Environment.ProcessorCount, scenarios), ReportJson.Default.Report));

    /// <summary>What is written.</summary>
    /// <param name="Rounds">Rounds that each figure is the median of.</param>
    /// <param name="Processors">Of the machine.</param>
    /// <param name="Scenarios">The results.</param>
    internal sealed record Report(int Rounds, int Processors, IReadOnlyList<ScenarioResult> Scenarios);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Report))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}
