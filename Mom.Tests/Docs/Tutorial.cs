using System.Text.RegularExpressions;

namespace Mom.Tests.Docs;

/// <summary>
/// The code of a page of the documentation: <c>csharp</c> blocks are new files, <c>diff</c> blocks change files. Each belongs to the
/// file that is named before it.
/// </summary>
internal static partial class Tutorial
{
    /// <summary>Applies all code of a page to a copy of the repository, as its reader would.</summary>
    public static void Apply(string page, string root)
    {
        var file = string.Empty;
        string? language = null;
        var block = new List<string>();
        foreach (var line in File.ReadLines(page))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                if (language is not null)
                {
                    block.Add(line);
                }
                else if (FileName().Match(line) is { Success: true } name)
                {
                    file = Path.Combine(root, name.Groups["file"].Value);
                }
            }
            else if (language is null)
            {
                language = line[3..];
            }
            else
            {
                Apply(language, file, block);
                language = null;
                block.Clear();
            }
        }
    }

    private static void Apply(string language, string file, IReadOnlyList<string> block)
    {
        switch (language)
        {
            case "csharp":
                Assert.False(File.Exists(file), $"{file} should be new.");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllLines(file, block);
                break;
            case "diff":
                foreach (var hunk in string.Join('\n', block).Split("\n@@\n"))
                {
                    Change(file, hunk.Split('\n'));
                }

                break;
        }
    }

    private static void Change(string file, string[] hunk)
    {
        var text = File.ReadAllText(file);
        var before = Lines(hunk, '-');
        Assert.True(text.Split(before).Length == 2, $"{file} should have these lines once:\n{before}");
        File.WriteAllText(file, text.Replace(before, Lines(hunk, '+'), StringComparison.Ordinal));
    }

    // An empty line of the file is a line with one space, or what an editor made of that.
    private static string Lines(string[] hunk, char sign) =>
        string.Concat(hunk.Where(line => line is "" or [' ', ..] || line[0] == sign).Select(line => line[Math.Min(1, line.Length)..] + "\n"));

    [GeneratedRegex("`(?<file>Mom[^`]*\\.cs)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FileName();
}
