namespace Mom.Panel.Account;

/// <summary>What a client is, of what it says that it is (the header User-Agent, which anybody may write as they like).</summary>
internal static class Browser
{
    private const int Longest = 60;

    // The first that occurs: each later one also claims to be the ones after it.
    private static readonly (string Mark, string Name)[] Programs =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("HeadlessChrome/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var program = Find(userAgent, Programs);
        var system = Find(userAgent, Systems);
        return (program, system) switch
        {
            (null, _) when userAgent.Length == 0 => "a client without a name",
            (null, _) => userAgent.Length <= Longest ? userAgent : string.Concat(userAgent.AsSpan(0, Longest - 1), "…"),
            (_, null) => program,
            _ => $"{program} on {system}",
        };
    }

    private static string? Find(string text, (string Mark, string Name)[] known) => known.FirstOrDefault(each => text.Contains(each.Mark, StringComparison.Ordinal)).Name;
}
