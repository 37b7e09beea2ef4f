using Mom.Testing;


namespace Mom.Tests.Contracts;

/// <summary>
/// What was approved of each message, in <c>Samples/{wire name}/</c>: numbered samples of its body, of which the highest is of today
/// and the others are kept for ever, and <c>schema.json</c>. With <c>MOM_APPROVE=1</c> the tests write what is missing or new.
/// </summary>
internal static class ApprovedFiles
{
    public const string HowToApprove =
        "If this is meant: run `MOM_APPROVE=1 ./mom test unit`, read the files that it writes under Mom.Tests/Contracts/Samples, and commit them.";

    public static bool Approving { get; } = Environment.GetEnvironmentVariable("MOM_APPROVE") is "1";

    private static string Root { get; } = Path.Combine(Repository.Root, "Mom.Tests", "Contracts", "Samples");

    /// <summary>The wire names of all messages that there have ever been.</summary>
    public static IEnumerable<string> Messages => Directory.Exists(Root) ? Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)) : [];

    public static string SchemaOf(string message) => Path.Combine(Root, message, "schema.json");

    /// <summary>The samples of a message, oldest first.</summary>
    public static IReadOnlyList<string> SamplesOf(string message)
    {
        var directory = Path.Combine(Root, message);
        return Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "*.json").Where(file => Number(file) > 0).OrderBy(Number)]
            : [];
    }

    public static string NextSampleOf(string message) => Path.Combine(Root, message, $"{SamplesOf(message).Select(Number).LastOrDefault() + 1}.json");

    public static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
    }

    private static int Number(string file) => int.TryParse(Path.GetFileNameWithoutExtension(file), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
