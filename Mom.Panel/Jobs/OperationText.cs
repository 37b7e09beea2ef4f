using System.Globalization;
using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>
/// Reads operations as people write them, one a line: <c>1 + 2 + 3</c>, <c>6 * 7</c>, <c>add 1 2 3</c>, <c>factors of 360</c>. A result after an equals
/// sign is left out, so that what the panel shows can be pasted again.
/// </summary>
internal static class OperationText
{
    private static readonly (string Method, char[] Signs)[] Signs =
    [
        ("add", ['+']), ("multiply", ['×', '*', '·']), ("divide", ['÷', '/', ':']), ("subtract", ['−', '-', '–']),
    ];

    /// <returns>The operations, and the lines that are none, each with what is wrong with it.</returns>
    public static (IReadOnlyList<OperationDraft> Operations, IReadOnlyList<BadLine> Bad) Parse(string text)
    {
        var operations = new List<OperationDraft>();
        var bad = new List<BadLine>();
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;

            if (Line(line.Split('=')[0].Trim()) is not { } operation)
                bad.Add(new(index + 1, line.Trim(), "This is no operation. Write 1 + 2 + 3, or add 1 2 3."));
            else if (NumberList.Check(operation.Numbers, operation.Method) is { } error)
                bad.Add(new(index + 1, line.Trim(), error));
            else
                operations.Add(operation);
        }

        return (operations, bad);
    }

    private static OperationDraft? Line(string line) => Named(line) ?? Signed(line);

    // add 1 2 3, add: 1, 2, 3, factors of 360
    private static OperationDraft? Named(string line)
    {
        var method = MathMethods.All.FirstOrDefault(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line.Length > name.Length && line[name.Length] is ' ' or '\t' or ':' or '(');
        if (method is null)
            return null;

        var rest = line[method.Length..].Trim(' ', '\t', ':', '(', ')');
        rest = rest.StartsWith("of ", StringComparison.OrdinalIgnoreCase) ? rest[3..] : rest;
        return new OperationDraft { Method = method, Numbers = string.Join(", ", rest.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries)) };
    }

    // One kind of sign between the numbers. A minus or plus before a number belongs to it: 3 - -2, 2 * (-3).
    private static OperationDraft? Signed(string line)
    {
        var plain = string.Concat(line.Where(character => !char.IsWhiteSpace(character) && character is not ('(' or ')'))).Replace('−', '-').Replace('–', '-');
        string? method = null;
        var numbers = new List<string>();
        var start = 0;
        for (var i = 1; i < plain.Length; i++)
        {
            if (MethodOf(plain[i]) is not { } found || i == start)
                continue;

            if (method is not null && !string.Equals(method, found, StringComparison.Ordinal))
                return null;

            method = found;
            numbers.Add(plain[start..i]);
            start = i + 1;
        }

        numbers.Add(plain[start..]);
        return method is null ? null : new OperationDraft { Method = method, Numbers = string.Join(", ", numbers) };
    }

    private static string? MethodOf(char sign) => Signs.FirstOrDefault(each => each.Signs.Contains(sign)).Method;
}

/// <summary>A line that is no operation.</summary>
/// <param name="Number">From 1.</param>
internal sealed record BadLine(int Number, string Text, string Error)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Line {Number}: {Error}");
}
