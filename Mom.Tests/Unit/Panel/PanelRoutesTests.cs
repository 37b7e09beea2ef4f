using Mom.Panel.Layout;
using Mom.Panel.Session;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class PanelRoutesTests
{
    [Theory]
    [InlineData("/jobs/1?x=2", "/jobs/1?x=2")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    // A header takes none of these: they were a 500.
    [InlineData("/a\u2028b", "/")]
    [InlineData("/\u00fc", "/")]
    [InlineData("/a b", "/")]
    [InlineData("/\ud800", "/")]
    public void A_login_leads_back_to_a_page_of_the_panel_and_never_elsewhere(string? asked, string expected) =>
        Assert.Equal(expected, PanelRoutes.LocalOrHome(asked));

    [Fact]
    public void The_way_to_the_login_remembers_the_way_back() =>
        Assert.Equal("/login?ended=true&returnUrl=%2F%3Fpage%3D2", PanelRoutes.LoginThenReturn("/?page=2", ended: true));

    [Fact]
    public void An_address_that_would_not_fit_into_a_request_leads_home() =>
        Assert.Equal("/", PanelRoutes.LocalOrHome("/" + new string('a', 2_000)));

    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("abc", 1)]
    [InlineData("-3", 1)]
    [InlineData("0", 1)]
    [InlineData("7", 7)]
    [InlineData("99999999", 1_000_000)]
    [InlineData("99999999999999999999", 1)]
    public void The_number_of_a_page_that_is_none_is_the_first(string? text, int number) =>
        Assert.Equal(number, PageAddress.Number(text));
}
