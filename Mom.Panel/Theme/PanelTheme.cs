using MudBlazor;

namespace Mom.Panel.Theme;

/// <summary>The panel's colours and shapes, once for light and once for dark.</summary>
/// <remarks>
/// Both palettes are always on the page, each under its own CSS scope, and <c>data-theme</c> on the root element chooses.
/// So the first paint is right before a circuit exists, on static pages too, and a change costs no round trip.
/// Text has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3) on every background of its palette, and on each of them tinted with up to 14 % of
/// the text's own colour, as the chips are.
/// </remarks>
public static class PanelTheme
{
    // Fonts of the user's system: nothing is fetched.
    private static readonly string[] SystemFonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    public static MudTheme Light { get; } = Create(":root");

    public static MudTheme Dark { get; } = Create(":root[data-theme=dark]");

    private static MudTheme Create(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px", AppbarHeight = "60px" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = SystemFonts } },
        PaletteLight = LightPalette(),
        PaletteDark = DarkPalette(),
    };

    private static PaletteLight LightPalette() => new()
    {
        Primary = "#4338ca",
        Secondary = "#155e75",
        Info = "#1d4ed8",
        Success = "#065f46",
        Warning = "#92400e",
        Error = "#a81b1b",
        Background = "#f5f6fb",
        BackgroundGray = "#eceef6",
        Surface = "#ffffff",
        AppbarBackground = "#ffffff",
        AppbarText = "#111827",
        TextPrimary = "#111827",
        TextSecondary = "#515b6e",
        ActionDefault = "#515b6e",
        LinesDefault = "#e3e6ef",
        LinesInputs = "#9aa3b5",
        Divider = "#e3e6ef",
    };

    private static PaletteDark DarkPalette() => new()
    {
        Primary = "#a5b4fc",
        PrimaryContrastText = "#11163a",
        Secondary = "#67e8f9",
        SecondaryContrastText = "#08222a",
        Info = "#93c5fd",
        InfoContrastText = "#0b1c38",
        Success = "#6ee7b7",
        SuccessContrastText = "#062019",
        Warning = "#fcd34d",
        WarningContrastText = "#2a1d02",
        Error = "#fca5a5",
        ErrorContrastText = "#2d0a0a",
        Background = "#0b0f1c",
        BackgroundGray = "#10162a",
        Surface = "#141a2c",
        AppbarBackground = "#0f1424",
        AppbarText = "#eef1f8",
        TextPrimary = "#eef1f8",
        TextSecondary = "#a8b2c8",
        ActionDefault = "#a8b2c8",
        LinesDefault = "#262e46",
        LinesInputs = "#54607f",
        Divider = "#262e46",
    };
}
