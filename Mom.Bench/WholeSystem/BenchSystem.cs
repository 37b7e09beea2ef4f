using Mom.Testing;

namespace Mom.Bench.WholeSystem;

/// <summary>The system that is measured: as the AppHost runs it, without its dashboard, with a math service that answers at once.</summary>
internal static class BenchSystem
{
    /// <param name="name">Of its data and logs.</param>
    /// <param name="environment">What more the services are given.</param>
    /// <param name="postgres">Lines for the configuration of Postgres.</param>
    public static SystemOptions Options(
        string name,
        IEnumerable<KeyValuePair<string, IReadOnlyDictionary<string, string>>>? environment = null,
        params IReadOnlyList<string> postgres) => new()
        {
            Name = name,
            Environment = new Dictionary<string, IReadOnlyDictionary<string, string>>(environment ?? [], StringComparer.Ordinal)
            {
                [ResourceNames.MathService] = Variables(("Math__Delay__Minimum", "00:00:00"), ("Math__Delay__Maximum", "00:00:00")),
            },
            Configuration = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [ResourceNames.Postgres] = ["max_connections=200", .. postgres] },
            Patience = TimeSpan.FromMinutes(10),
        };

    public static IReadOnlyDictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
