using System.Text.Json.Nodes;

namespace Mom.Tests.Contracts;

/// <summary>What differs between the schema of a message that was approved and the one of today.</summary>
internal static class SchemaChanges
{
    /// <summary>Changes for which an older sender or an older receiver of the same message would fail; each as a sentence.</summary>
    public static IEnumerable<string> Breaking(JsonNode? before, JsonNode? after, string path = "$")
    {
        foreach (var keyword in (string[])["type", "format", "enum", "const", "anyOf"])
        {
            if (!SameSet(Child(before, keyword), Child(after, keyword)))
            {
                yield return $"{path}: {keyword} was {Text(Child(before, keyword))} and is {Text(Child(after, keyword))}";
            }
        }

        var (old, now) = (Child(before, "properties") as JsonObject, Child(after, "properties") as JsonObject);
        foreach (var (name, schema) in old ?? [])
        {
            if (now?[name] is null)
            {
                yield return $"{path}.{name} was removed";
                continue;
            }

            foreach (var change in Breaking(schema, now[name], $"{path}.{name}"))
            {
                yield return change;
            }
        }

        foreach (var name in Required(after).Except(Required(before)))
        {
            yield return $"{path}.{name} is required and was not";
        }

        if (Child(before, "items") is { } items)
        {
            foreach (var change in Breaking(items, Child(after, "items"), $"{path}[]"))
            {
                yield return change;
            }
        }
    }

    // A schema may be `true`, which has no keywords.
    private static JsonNode? Child(JsonNode? schema, string keyword) => (schema as JsonObject)?[keyword];

    private static IEnumerable<string> Required(JsonNode? schema) => (Child(schema, "required") as JsonArray ?? []).Select(name => name!.GetValue<string>());

    private static bool SameSet(JsonNode? before, JsonNode? after) =>
        before is JsonArray old && after is JsonArray now
            ? old.Select(Text).ToHashSet().SetEquals(now.Select(Text))
            : JsonNode.DeepEquals(before, after);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "absent";
}
