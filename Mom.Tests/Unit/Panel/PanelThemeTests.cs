using Mom.Panel.Theme;
using MudBlazor;
using MudBlazor.Utilities;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class PanelThemeTests
{
    // WCAG 2.1, 1.4.3, level AA, for text of ordinary size.
    private const double Least = 4.5;

    // As much of their own colour as the chips have behind their text.
    private const double Tint = 0.14;

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_colour_of_text_can_be_read_on_every_background_and_on_its_own_tint(string theme)
    {
        Palette palette = theme is "dark" ? PanelTheme.Dark.PaletteDark : PanelTheme.Light.PaletteLight;
        var texts = new Dictionary<string, MudColor>(StringComparer.Ordinal)
        {
            ["primary"] = palette.Primary,
            ["secondary"] = palette.Secondary,
            ["info"] = palette.Info,
            ["success"] = palette.Success,
            ["warning"] = palette.Warning,
            ["error"] = palette.Error,
            ["text"] = palette.TextPrimary,
            ["secondary text"] = palette.TextSecondary,
            ["action"] = palette.ActionDefault,
        };
        var backgrounds = new Dictionary<string, MudColor>(StringComparer.Ordinal)
        {
            ["background"] = palette.Background,
            ["gray background"] = palette.BackgroundGray,
            ["surface"] = palette.Surface,
            ["bar"] = palette.AppbarBackground,
        };

        Assert.Empty(
            from text in texts
            from background in backgrounds
            from tint in new[] { 0, Tint }
            let contrast = Contrast(Luminance(text.Value, text.Value, 0), Luminance(background.Value, text.Value, tint))
            where contrast < Least
            select $"{text.Key} on {background.Key}{(tint > 0 ? " with its tint" : "")}: {contrast:0.00}");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void The_text_of_a_filled_button_can_be_read(string theme)
    {
        Palette palette = theme is "dark" ? PanelTheme.Dark.PaletteDark : PanelTheme.Light.PaletteLight;
        Assert.Empty(
            from pair in new (string Name, MudColor Fill, MudColor Text)[]
            {
                ("primary", palette.Primary, palette.PrimaryContrastText), ("warning", palette.Warning, palette.WarningContrastText), ("error", palette.Error, palette.ErrorContrastText),
            }
            let contrast = Contrast(Luminance(pair.Fill, pair.Fill, 0), Luminance(pair.Text, pair.Text, 0))
            where contrast < Least
            select $"{pair.Name}: {contrast:0.00}");
    }

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    // https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
    private static double Luminance(MudColor color, MudColor tint, double share)
    {
        return (0.2126 * Linear(color.R, tint.R)) + (0.7152 * Linear(color.G, tint.G)) + (0.0722 * Linear(color.B, tint.B));

        double Linear(byte below, byte above)
        {
            var value = ((below * (1 - share)) + (above * share)) / 255;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
