using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Mom.Tests.AspireTests.Publishing;

/// <summary>A Helm chart, rendered with its own values: as much of Helm's language as the publisher writes.</summary>
internal sealed partial class Chart
{
    private readonly Dictionary<object, object> _values;

    private Chart(string folder)
    {
        _values = new Deserializer().Deserialize<Dictionary<object, object>>(File.ReadAllText(Path.Combine(folder, "values.yaml")));
        Documents = Directory.EnumerateFiles(Path.Combine(folder, "templates"), "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Expression().Replace(File.ReadAllText(file), Value), StringComparer.Ordinal);
    }

    /// <summary>The rendered files, by path within the chart.</summary>
    public IReadOnlyDictionary<string, string> Documents { get; }

    public static Chart Render(string folder) => new(folder);

    private string Value(Match match)
    {
        object? value = match.Groups["path"].Value;
        if (value is not string path || !path.StartsWith(".Values.", StringComparison.Ordinal))
            return "mom";

        value = _values;
        foreach (var key in path.Split('.', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            value = value is Dictionary<object, object> section && section.TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"values.yaml has no {path}.");
        return $"{value}";
    }

    // {{ .Values.parameters.api.port_http | int | toString }}: the filters change nothing that is of interest here.
    [GeneratedRegex(@"\{\{ (?<path>[.\w]+)( \| \w+)* \}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();
}
