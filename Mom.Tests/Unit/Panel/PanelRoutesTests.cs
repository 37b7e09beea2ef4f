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
    public void A_login_leads_back_to_a_page_of_the_panel_and_never_elsewhere(string? asked, string expected) =>
        Assert.Equal(expected, PanelRoutes.LocalOrHome(asked));

    [Fact]
    public void The_way_to_the_login_remembers_the_way_back() =>
        Assert.Equal("/login?ended=true&returnUrl=%2F%3Fpage%3D2", PanelRoutes.LoginThenReturn("/?page=2", ended: true));
}
