using System.Globalization;
using System.Net;
using System.Text;
using Mom.Bench.Scenarios;
using Mom.Bench.WholeSystem;

namespace Mom.Bench.Reports;

/// <summary>
/// The results as a picture: for each scenario a bar for each contender, as long as its rate beside the yardstick's, with a line from the least to
/// the greatest ratio; and the figures that have a goal, each as a part of it.
/// </summary>
internal static class SvgReport
{
    private const int Width = 900;
    private const int Left = 250;
    private const int Right = 190;
    private const int Row = 20;
    private const int Title = 34;

    // A ratio beyond this is drawn no longer.
    private const double Longest = 2;

    private static double Unit => (Width - Left - Right) / Longest;

    /// <summary>Writes it. Nothing of it needs another file.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ScenarioResult> scenarios, IReadOnlyList<Bar> bars)
    {
        var body = new StringBuilder();
        var y = 10;
        foreach (var scenario in scenarios)
        {
            y = Head(body, y, $"{scenario.Name}: messages per second beside {scenario.Results[0].Contender}");
            foreach (var result in scenario.Results)
            {
                var note = $"{Number(result.Ratio)}   {result.Rate.ToString("N0", CultureInfo.InvariantCulture)}/s, {Number(result.ProcessorMicroseconds)} µs cpu";
                Line(body, y, result.Contender, result.Ratio, result.Contender.StartsWith("mom", StringComparison.Ordinal) ? "ours" : "other", note);
                body.Append(CultureInfo.InvariantCulture, $"""<line class="range" x1="{X(result.LeastRatio)}" x2="{X(result.GreatestRatio)}" y1="{y + 7}" y2="{y + 7}"/>""");
                y += Row;
            }
        }

        if (bars.Count > 0)
        {
            y = Head(body, y, "goals: 1.00 is the goal; to the right of it is better");
            foreach (var bar in bars)
            {
                var value = bar.Ratio ?? bar.Ours;
                Line(body, y, bar.Name, Share(bar, value), bar.Met ? "met" : "missed", $"{Number(value)} of {Number(bar.Goal)}");
                y += Row;
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
              <svg xmlns="http://www.w3.org/2000/svg" width="{{Width}}" height="{{y + 10}}" viewBox="0 0 {{Width}} {{y + 10}}" role="img" font-family="sans-serif" font-size="12">
              <title>Benchmarks</title>
              <style>
              .other { fill: #9aa5b1 } .ours { fill: #2f6fb0 } .met { fill: #2e7d32 } .missed { fill: #c0562b } .range { stroke: #1f2933; stroke-width: 1.5 } .one { stroke: #52606d; stroke-dasharray: 3 3 }
              text { fill: #1f2933 } .title { font-weight: bold }
              </style>
              <rect width="100%" height="100%" fill="#ffffff"/>
              <line class="one" x1="{{X(1)}}" x2="{{X(1)}}" y1="10" y2="{{y}}"/>
              {{body}}
              </svg>
              """));
    }

    // Where less is better, a figure of twice the goal is half of what it should be.
    private static double Share(Bar bar, double value) => value <= 0 ? 0 : (value >= bar.Goal) == bar.Met ? value / bar.Goal : bar.Goal / value;

    private static int Head(StringBuilder body, int y, string text)
    {
        body.Append(CultureInfo.InvariantCulture, $"""<text class="title" x="10" y="{y + 22}">{Escaped(text)}</text>""");
        return y + Title;
    }

    private static void Line(StringBuilder body, int y, string name, double ratio, string kind, string note)
    {
        body.Append(CultureInfo.InvariantCulture, $"""<text x="{Left - 8}" y="{y + 11}" text-anchor="end">{Escaped(name)}</text>""");
        body.Append(CultureInfo.InvariantCulture, $"""<rect class="{kind}" x="{Left}" y="{y}" width="{X(ratio) - Left:0.##}" height="14"/>""");
        body.Append(CultureInfo.InvariantCulture, $"""<text x="{Width - Right + 8}" y="{y + 11}">{Escaped(note)}</text>""");
    }

    private static double X(double ratio) => Left + (Math.Clamp(ratio, 0, Longest) * Unit);

    private static string Number(double value) => value.ToString(value < 100 ? "0.00" : "N0", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
