using System.Globalization;

namespace Mom.Chaos.Load;

/// <summary>How a job is known again whatever became of it: by the first number of its first operation.</summary>
internal static class Marker
{
    public static long Of(IReadOnlyList<string> numbers) => long.Parse(numbers[0], CultureInfo.InvariantCulture);
}
