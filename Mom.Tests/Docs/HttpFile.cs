using System.Text.RegularExpressions;

namespace Mom.Tests.Docs;

/// <summary>
/// A <c>.http</c> file: <see href="https://learn.microsoft.com/aspnet/core/test/http-files">the format of Visual Studio</see>, as far as the REST
/// Client of VS Code reads it too, with three rules of ours. A request's title is <c>### Group: what it does</c>, its comment
/// <c># Answer: 200 or 202</c> says with which status it is answered, and only variables refer to answers.
/// </summary>
/// <param name="Variables">Name and value, as they are written.</param>
/// <param name="Requests">In their order.</param>
internal sealed partial record HttpFile(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpFileRequest> Requests)
{
    public static HttpFile Parse(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var requests = new List<HttpFileRequest>();
        foreach (var block in Separator().Split(text))
        {
            var lines = block.Split('\n');
            foreach (var variable in lines.Select(line => Variable().Match(line)).Where(match => match.Success))
            {
                variables.Add(variable.Groups["name"].Value, variable.Groups["value"].Value);
            }

            if (Array.FindIndex(lines, line => RequestLine().IsMatch(line)) is >= 0 and var start)
            {
                requests.Add(Request(lines, start));
            }
        }

        return new(variables, requests);
    }

    private static HttpFileRequest Request(string[] lines, int start)
    {
        var title = lines[0].Trim();
        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        Assert.True(colon > 0, $"The title '{title}' should be: Group: what it does");
        var answer = lines[1..start].Select(line => Answer().Match(line)).SingleOrDefault(match => match.Success);
        Assert.True(answer is not null, $"'{title}' should have one comment 'Answer' with its status.");
        var first = RequestLine().Match(lines[start]);
        var end = Array.FindIndex(lines, start, line => line.Length == 0) is >= 0 and var empty ? empty : lines.Length;
        return new(
            title[..colon],
            title[(colon + 2)..],
            lines[1..start].Select(line => Name().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value,
            [.. lines[1..start].Where(line => line.StartsWith("# ", StringComparison.Ordinal) && !Name().IsMatch(line) && !Answer().IsMatch(line)).Select(line => line[2..])],
            [.. Number().Matches(answer.Value).Select(match => int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture))],
            first.Groups["method"].Value,
            first.Groups["url"].Value,
            [.. lines[(start + 1)..end].Select(line => line.Split(": ", 2)).Select(header => KeyValuePair.Create(header[0], header[1]))],
            string.Join('\n', lines[end..]).Trim());
    }

    [GeneratedRegex("^###", RegexOptions.Multiline, 1_000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(?<name>\w+) = (?<value>.+)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|DELETE) (?<url>\S+)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^# @name (?<name>\w+)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^# Answer: \d{3}( or \d{3})*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Answer();

    [GeneratedRegex(@"\d{3}", RegexOptions.None, 1_000)]
    private static partial Regex Number();
}

/// <summary>A request of a <see cref="HttpFile"/>, its variables not yet replaced.</summary>
/// <param name="Group">The requests that belong together.</param>
/// <param name="Title">What it does.</param>
/// <param name="Name">By which variables refer to its answer; <see langword="null"/> when none does.</param>
/// <param name="Remarks">Comments.</param>
/// <param name="Statuses">One of them is the answer's.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">With the variable <c>host</c> in front.</param>
/// <param name="Headers">Name and value.</param>
/// <param name="Body">Empty when it has none.</param>
internal sealed record HttpFileRequest(
    string Group,
    string Title,
    string? Name,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<int> Statuses,
    string Method,
    string Url,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string Body)
{
    /// <summary>The path as it is written.</summary>
    public string Path => Url["{{host}}".Length..].Split('?')[0];
}
