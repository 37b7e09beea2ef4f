namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>Patterns for <c>ILIKE</c> with a backslash as the escape character.</summary>
public static class SearchPattern
{
    /// <summary>Matches what contains <paramref name="text"/>, whatever signs it is made of.</summary>
    /// <param name="text">Spaces around it do not count.</param>
    public static string Containing(string text) =>
        $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
