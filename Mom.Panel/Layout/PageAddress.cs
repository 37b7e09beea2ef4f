using System.Globalization;

namespace Mom.Panel.Layout;

/// <summary>
/// Reads the query of a page's address. Anybody can write anything there, and a link can be old or cut off, so what makes no sense is left out. A
/// page takes each parameter as a text: for one of another type Blazor answers what it cannot read with an exception, and so a 500.
/// </summary>
internal static class PageAddress
{
    /// <summary>The last page that the API accepts.</summary>
    private const int LastPage = 1_000_000;

    /// <summary>The number of a page of a list, from 1.</summary>
    public static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LastPage) : 1;

    /// <summary>A parameter that is true or false.</summary>
    public static bool Flag(string? text) => bool.TryParse(text, out var flag) && flag;
}
