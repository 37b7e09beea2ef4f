using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mom.Panel.Admin.Sea;

/// <summary>An edge of the picture, and the CSS animation that moves an element along it.</summary>
/// <remarks>
/// The animation changes <c>transform</c> alone, in units of the picture's width (<c>cqw</c>). The compositor of a browser runs such an animation
/// without script, style, layout or paint. It cannot do so with <c>offset-path</c>, nor with an element inside an SVG.
/// </remarks>
internal sealed partial class SeaEdge
{
    // Points that a rounded corner is made of, without its first.
    private const int CornerPoints = 3;

    private readonly List<(double X, double Y)> _points;

    /// <param name="name">Unique, in the notation of CSS identifiers.</param>
    /// <param name="path">In the notation of SVG, absolute: M, H, V and Q.</param>
    public SeaEdge(string name, string path)
    {
        (Path, Animation) = (path, $"sea-{name}");
        _points = PointsOf(path);
        Length = _points.Zip(_points.Skip(1), Distance).Sum();
    }

    public string Path { get; }

    /// <summary>In units of the view box.</summary>
    public double Length { get; }

    /// <summary>The name of the animation in style sheets.</summary>
    public string Animation { get; }

    /// <summary>The animation as a rule of a style sheet: from the beginning of the edge to its end at constant speed.</summary>
    public string Keyframes
    {
        get
        {
            var rule = new StringBuilder($"@keyframes {Animation}{{");
            var (done, last) = (0.0, _points[0]);
            foreach (var point in _points)
            {
                done += Distance(last, point);
                last = point;
                rule.Append(CultureInfo.InvariantCulture, $"{100 * done / Length:0.##}%{{transform:translate({SeaMap.Width(point.X)},{SeaMap.Width(point.Y)})}}");
            }

            // It appears and disappears at the ends.
            return rule.Append("0%,100%{opacity:0}6%,94%{opacity:1}}").ToString();
        }
    }

    private static List<(double X, double Y)> PointsOf(string path)
    {
        var points = new List<(double X, double Y)>();
        foreach (Match part in Part().Matches(path))
        {
            var numbers = part.Groups["number"].Captures.Select(number => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture)).ToArray();
            var (x, y) = points.LastOrDefault();
            switch (part.Groups["command"].Value, numbers)
            {
                case ("M", [var toX, var toY]):
                    points.Add((toX, toY));
                    break;
                case ("H", [var toX]):
                    points.Add((toX, y));
                    break;
                case ("V", [var toY]):
                    points.Add((x, toY));
                    break;
                case ("Q", [var overX, var overY, var toX, var toY]):
                    points.AddRange(Enumerable.Range(1, CornerPoints).Select(number => (double)number / CornerPoints).Select(t => (Curve(x, overX, toX, t), Curve(y, overY, toY, t))));
                    break;
                default:
                    throw new FormatException($"{part.Value} in the path {path} is not understood.");
            }
        }

        return points;
    }

    // A quadratic Bézier curve: https://www.w3.org/TR/SVG2/paths.html#PathDataQuadraticBezierCommands
    private static double Curve(double from, double over, double to, double t) => ((1 - t) * (1 - t) * from) + (2 * t * (1 - t) * over) + (t * t * to);

    private static double Distance((double X, double Y) one, (double X, double Y) other) => double.Hypot(one.X - other.X, one.Y - other.Y);

    [GeneratedRegex(@"(?<command>[A-Za-z])\s*((?<number>-?[\d.]+)[\s,]*)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Part();
}
