namespace Mom.Workers.Database;

/// <summary>Patterns for <c>ILIKE</c> with a backslash as the escape character.</summary>
internal static class SearchPattern
{
    /// <summary>Matches what contains <paramref name="text"/>, whatever signs it is made of.</summary>
    public static string Containing(string text) =>
        $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
