using System.Globalization;
using System.Xml.Linq;
using Mom.Bench.Measuring;
using Mom.Bench.Reports;
using Mom.Bench.Scenarios;
using Mom.Bench.WholeSystem;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class SvgReportTests
{
    [Fact]
    public void Each_contender_and_each_goal_has_a_bar_as_long_as_its_ratio()
    {
        var scenario = new ScenarioResult("publish", "messages", 100, [Of("raw", 1_000, 1), Of("mom & <friends>", 500, 0.5)]);
        Bar[] bars = [Bar.AtLeast("jobs", 300, reference: null, 600), Bar.AtMost("POST /job, p50 ms", 8, 4), Bar.AtMost("GET /job/my, p50 ms", 2, 3)];

        using var output = new StringWriter();
        SvgReport.Write(output, [scenario], bars);

        var picture = XDocument.Parse(output.ToString());
        var lengths = picture.Descendants().Where(element => element.Name.LocalName == "rect" && element.Attribute("class") is not null)
            .Select(element => (Kind: element.Attribute("class")!.Value, Length: double.Parse(element.Attribute("width")!.Value, CultureInfo.InvariantCulture))).ToList();
        var one = lengths[0].Length;
        Assert.Equal(
            [("other", 1), ("ours", 0.5), ("missed", 0.5), ("missed", 0.5), ("met", 1.5)],
            lengths.Select(bar => (bar.Kind, Math.Round(bar.Length / one, 2))));
        Assert.Contains(picture.Descendants(), element => element.Value == "mom & <friends>");
    }

    private static Result Of(string contender, double rate, double ratio) => new(contender, rate, ratio, ratio, ratio, AllocatedPerMessage: 0, ProcessorMicroseconds: 0, BrokerMicroseconds: 0, Latency: null);
}
