using System.Globalization;
using System.Text.Json;

namespace Mom.Admin;

/// <summary>Looks through dead letters and decides about them.</summary>
internal static class DeadLetters
{
    private const string Now = "now";
    private const string Letters = "/admin/dead-letters";
    private static readonly string[] Names = ["queue", "type", "exception", "text", "from", "to", "state", "reason"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <exception cref="AdminException">The command line makes no sense, or the API refused.</exception>
    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is not [var verb, .. var operands])
            throw Usage("dead needs what to do: list, show, replay or discard");

        List<string> rest = [.. operands];
        using var api = await AdminApi.LogInAsync();
        switch (verb)
        {
            case "list":
                List(await api.SendAsync(HttpMethod.Get, $"{Letters}?pageSize=100{string.Concat(Read(rest).Select(pair => $"&{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}"));
                break;
            case "show" when rest is [var id]:
                Print(await api.SendAsync(HttpMethod.Get, $"{Letters}/{(IsId(id) ? id : throw Usage($"{id} is no id of a dead letter."))}"));
                break;
            case "replay" when rest is [var id] && IsId(id):
                Print(await api.SendAsync(HttpMethod.Post, $"{Letters}/{id}/replay", new { }));
                break;
            case "discard" when rest is [var id, .. var reason] && IsId(id):
                Print(await api.SendAsync(HttpMethod.Post, $"{Letters}/{id}/discard", new { reason = string.Join(' ', reason) }));
                break;
            case "replay" or "discard":
                await ManyAsync(api, verb, rest);
                break;
            default:
                throw Usage($"dead cannot {verb} like that: see ./mom help dead");
        }
    }

    private static async Task ManyAsync(AdminApi api, string kind, List<string> rest)
    {
        var inEarnest = rest.Remove(Now);
        var settings = Read(rest);
        settings.Remove("reason", out var reason);
        var order = new { kind, filter = settings, dryRun = !inEarnest, reason };
        var operation = await api.SendAsync(HttpMethod.Post, $"{Letters}/operations", order);
        foreach (var group in operation.GetProperty("groups").EnumerateArray())
            Console.WriteLine($"{Text(group, "count")} x {Text(group, "type")} of {Text(group, "queue")}");

        if (!inEarnest)
        {
            Console.WriteLine($"{kind} would apply to {Text(operation, "total")} dead letters. To do it, add: {Now}");
            return;
        }

        var path = $"{Letters}/operations/{Text(operation, "id")}";
        while (operation.GetProperty("finishedAt").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(LookAgain);
            operation = await api.SendAsync(HttpMethod.Get, path);
            Console.WriteLine($"{Text(operation, "done")} of {Text(operation, "total")} done, {Text(operation, "skipped")} skipped {Text(operation, "lastSkip")}");
        }
    }

    private static void List(JsonElement letters)
    {
        var table = new Table("ID", "QUEUE", "TYPE", "STATE", "REASON", "DIED", "EXCEPTION");
        foreach (var letter in letters.EnumerateArray())
        {
            table.Add(
                Text(letter, "id"), Text(letter, "queue"), Text(letter, "type"), Text(letter, "state"), Text(letter, "reason"),
                letter.GetProperty("lastFailedAt").GetDateTimeOffset().ToString("u", CultureInfo.InvariantCulture), Cut(Text(letter, "exceptionMessage")));
        }

        table.Write(Console.Out);
    }

    private static Dictionary<string, string> Read(IEnumerable<string> operands) =>
        operands.Select(operand => operand.Split('=', 2)).ToDictionary(
            pair => pair.Length == 2 && Names.Contains(pair[0], StringComparer.Ordinal)
                ? pair[0]
                : throw Usage($"dead has no use for '{string.Join('=', pair)}': see ./mom help dead"),
            pair => pair[1],
            StringComparer.Ordinal);

    private static AdminException Usage(string message) => new(message) { IsUsage = true };

    private static bool IsId(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static void Print(JsonElement answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer, Indented));

    private static string Text(JsonElement element, string property) => element.GetProperty(property).ToString();

    private static string Cut(string text) => text.ReplaceLineEndings(" ") is { Length: > 60 } oneLine ? $"{oneLine[..60]}…" : text.ReplaceLineEndings(" ");
}
