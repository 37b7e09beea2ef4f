using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mom.Tests.Docs;

/// <summary>
/// A <see cref="HttpFile"/> as a <see href="https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html">Postman collection, v2.1</see>:
/// each group is a folder, each request has its status as a test, and what variables carry over from an answer is set by the request's script.
/// </summary>
internal static class PostmanCollection
{
    private const string Tomorrow = "pm.collectionVariables.set(\"tomorrow\", new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString());";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(HttpFile file) => new JsonObject
    {
        ["info"] = new JsonObject
        {
            ["name"] = "MOM on Aspire",
            ["description"] = "Every route of the API, in an order that works from top to bottom. Made from requests.http.",
            ["schema"] = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        ["item"] = Array(file.Requests.GroupBy(request => request.Group, StringComparer.Ordinal)
            .Select(group => new JsonObject { ["name"] = group.Key, ["item"] = Array(group.Select(request => Item(file, request))) })),
        ["event"] = Array([Script("prerequest", [Tomorrow])]),
        ["variable"] = Array(file.Variables.Select(variable => new JsonObject { ["key"] = variable.Key, ["value"] = Initial(variable.Value) })),
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Item(HttpFile file, HttpFileRequest request)
    {
        var sent = new JsonObject
        {
            ["method"] = request.Method,
            ["header"] = Array(request.Headers.Select(header => new JsonObject { ["key"] = header.Key, ["value"] = header.Value })),
            ["url"] = Url(request.Url),
        };
        if (request.Remarks.Count > 0)
        {
            sent["description"] = string.Join('\n', request.Remarks);
        }

        if (request.Body.Length > 0)
        {
            sent["body"] = new JsonObject
            {
                ["mode"] = "raw",
                ["raw"] = request.Body,
                ["options"] = new JsonObject { ["raw"] = new JsonObject { ["language"] = "json" } },
            };
        }

        string[] test =
        [
            $"pm.test(\"{string.Join(" or ", request.Statuses)}\", () => pm.expect(pm.response.code).to.be.oneOf([{string.Join(", ", request.Statuses)}]));",
            .. file.Variables.Select(variable => (variable.Key, Answer: AnswerReference.Parse(variable.Value)))
                .Where(variable => variable.Answer is not null && string.Equals(variable.Answer.Request, request.Name, StringComparison.Ordinal))
                .Select(variable => $"pm.collectionVariables.set(\"{variable.Key}\", pm.response.json(){string.Concat(variable.Answer!.Path.Select(Step))});"),
        ];
        return new JsonObject { ["name"] = request.Title, ["event"] = Array([Script("test", test)]), ["request"] = sent };
    }

    private static string Step(string step) => char.IsDigit(step[0]) ? $"[{step}]" : $".{step}";

    private static JsonObject Url(string url)
    {
        var parts = url.Split('?');
        var path = parts[0].Split('/');
        var result = new JsonObject { ["raw"] = url, ["host"] = Array([path[0]]), ["path"] = Array(path[1..].Select(part => JsonValue.Create(part))) };
        if (parts.Length > 1)
        {
            result["query"] = Array(parts[1].Split('&').Select(pair => pair.Split('=')).Select(pair => new JsonObject { ["key"] = pair[0], ["value"] = pair[1] }));
        }

        return result;
    }

    private static JsonObject Script(string when, IEnumerable<string> lines) => new()
    {
        ["listen"] = when,
        ["script"] = new JsonObject { ["type"] = "text/javascript", ["exec"] = Array(lines.Select(line => JsonValue.Create(line))) },
    };

    // Those with a reference are set by a script.
    private static string Initial(string value) => value.StartsWith("{{", StringComparison.Ordinal) ? string.Empty : value;

    private static JsonArray Array(IEnumerable<JsonNode?> nodes) => [.. nodes];
}
