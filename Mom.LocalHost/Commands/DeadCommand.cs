using System.Globalization;
using System.Text.Json;
using Mom.LocalHost.Output;

namespace Mom.LocalHost.Commands;

/// <summary><c>dead</c>: looks through dead letters and decides about them, over the HTTP API.</summary>
internal static class DeadCommand
{
    public const int MaxOperands = 12;

    private const string Now = "now";
    private const string Letters = "/admin/dead-letters";
    private static readonly string[] Names = ["queue", "type", "exception", "text", "from", "to", "state", "reason"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Options options)
    {
        var verb = options.Operand(0, "what to do: list, show, replay or discard");
        var rest = options.Operands.Skip(1).ToList();
        using var api = await AdminApi.LogInAsync(options);
        switch (verb)
        {
            case "list":
                List(await api.SendAsync(HttpMethod.Get, $"{Letters}?pageSize=100{string.Concat(Read(rest).Select(pair => $"&{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}"));
                break;
            case "show":
                Print(await api.SendAsync(HttpMethod.Get, $"{Letters}/{Id(options)}"));
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
                throw new UsageException($"dead cannot {verb}: see ./mom help dead");
        }

        return ExitCodes.Success;
    }

    private static async Task ManyAsync(AdminApi api, string kind, List<string> rest)
    {
        var inEarnest = rest.Remove(Now);
        var settings = Read(rest);
        settings.Remove("reason", out var reason);
        var order = new { kind, filter = settings, dryRun = !inEarnest, reason };
        var operation = await api.SendAsync(HttpMethod.Post, $"{Letters}/operations", order);
        foreach (var group in operation.GetProperty("groups").EnumerateArray())
            ConsoleOutput.Say($"{Text(group, "count")} x {Text(group, "type")} of {Text(group, "queue")}");

        if (!inEarnest)
        {
            ConsoleOutput.Say($"{kind} would do this to {Text(operation, "total")} letters. To have it done, say the same with: {Now}");
            return;
        }

        var path = $"{Letters}/operations/{Text(operation, "id")}";
        while (operation.GetProperty("finishedAt").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(LookAgain);
            operation = await api.SendAsync(HttpMethod.Get, path);
            ConsoleOutput.Say($"{Text(operation, "done")} of {Text(operation, "total")} done, {Text(operation, "skipped")} skipped {Text(operation, "lastSkip")}");
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
                : throw new UsageException($"dead has no use for '{string.Join('=', pair)}': see ./mom help dead"),
            pair => pair[1],
            StringComparer.Ordinal);

    private static string Id(Options options) =>
        options.Operand(1, "the id of a dead letter") is var id && IsId(id) ? id : throw new UsageException($"{id} is no id of a dead letter.");

    private static bool IsId(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static void Print(JsonElement answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer, Indented));

    private static string Text(JsonElement element, string property) => element.GetProperty(property).ToString();

    private static string Cut(string text) => text.ReplaceLineEndings(" ") is { Length: > 60 } oneLine ? $"{oneLine[..60]}…" : text.ReplaceLineEndings(" ");
}
