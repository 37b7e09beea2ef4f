using System.Globalization;
using Mom.Contracts;

namespace Mom.Panel.Figures;

/// <summary>Counts that go up to <see cref="CountLimit.Most"/>, for people: <c>10,000+</c> from there on.</summary>
internal static class Amount
{
    public static string Of(int count) => Of([count]);

    /// <param name="count">The count.</param>
    /// <param name="one">The noun for one of them; the plural has an s.</param>
    public static string Of(int count, string one) => $"{Of(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>The sum of counts.</summary>
    public static string Of(IEnumerable<int> counts)
    {
        var (sum, isMore) = (0L, false);
        foreach (var count in counts)
            (sum, isMore) = (sum + count, isMore || count >= CountLimit.Most);
        return sum.ToString("N0", CultureInfo.InvariantCulture) + (isMore ? "+" : "");
    }
}
