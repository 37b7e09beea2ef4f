using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mom.Tests.Docs;

/// <summary>Sends the requests of a <see cref="HttpFile"/>, and carries over from answer to request what the variables say.</summary>
/// <param name="file">The file.</param>
/// <param name="given">Variables that have another value than in the file.</param>
internal sealed partial class HttpFileRun(HttpFile file, IReadOnlyDictionary<string, string> given) : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);

    public async Task SendAsync(HttpFileRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), Replace(request.Url));
        if (request.Body.Length > 0)
        {
            message.Content = new StringContent(Replace(request.Body), Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in request.Headers.Where(header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            message.Headers.Add(name, Replace(value));
        }

        using var answer = await _http.SendAsync(message, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(
            request.Statuses.Contains((int)answer.StatusCode),
            $"'{request.Group}: {request.Title}' ({request.Method} {message.RequestUri}) should be answered with {string.Join(" or ", request.Statuses)}, and was with {(int)answer.StatusCode}: {body}");
        if (request.Name is { } key)
        {
            _answers[key] = body;
        }
    }

    public void Dispose() => _http.Dispose();

    private string Replace(string text) => Reference().Replace(text, match => Value(match.Groups["what"].Value));

    private string Value(string what)
    {
        if (what is "$guid")
        {
            return $"{Guid.NewGuid()}";
        }

        if (what is "$datetime iso8601 1 d")
        {
            return DateTimeOffset.UtcNow.AddDays(1).ToString("o", CultureInfo.InvariantCulture);
        }

        if (AnswerReference.Parse(what) is { } reference)
        {
            Assert.True(_answers.TryGetValue(reference.Request, out var answer), $"{{{{{what}}}}} is used before '{reference.Request}' was sent.");
            return reference.Path.Aggregate(JsonNode.Parse(answer), (node, step) => int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node![index] : node![step])!.ToString();
        }

        return given.TryGetValue(what, out var other)
            ? other
            : Replace(file.Variables.TryGetValue(what, out var value) ? value : throw new InvalidOperationException($"The file has no variable '{what}'."));
    }

    [GeneratedRegex(@"\{\{(?<what>[^}]+)\}\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Reference();
}

/// <summary>A part of an earlier answer, such as <c>sessions.response.body.$[0].id</c>.</summary>
/// <param name="Request">The name of the request.</param>
/// <param name="Path">Names and numbers.</param>
internal sealed partial record AnswerReference(string Request, IReadOnlyList<string> Path)
{
    public static AnswerReference? Parse(string text) => Form().Match(text) is { Success: true } match
        ? new(match.Groups["request"].Value, [.. match.Groups["path"].Value.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)])
        : null;

    [GeneratedRegex(@"^(\{\{)?(?<request>\w+)\.response\.body\.\$(?<path>[\w.\[\]]+)(\}\})?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Form();
}
