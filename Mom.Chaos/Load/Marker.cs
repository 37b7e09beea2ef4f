using System.Globalization;

namespace Mom.Chaos.Load;

/// <summary>How a job is known again whatever became of it: by the first input of its first operation.</summary>
internal static class Marker
{
    public static long Of(IReadOnlyList<string> inputs) => long.Parse(inputs[0], CultureInfo.InvariantCulture);
}
