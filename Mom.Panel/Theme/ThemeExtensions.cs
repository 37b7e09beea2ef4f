using MudBlazor;
using MudBlazor.Services;

namespace Mom.Panel.Theme;

/// <summary>MudBlazor as the panel uses it.</summary>
internal static class ThemeExtensions
{
    public static void AddTheme(this WebApplicationBuilder builder) => builder.Services.AddMudServices(options =>
    {
        var snackbar = options.SnackbarConfiguration;
        snackbar.PositionClass = Defaults.Classes.Position.BottomRight;
        snackbar.PreventDuplicates = false;
        snackbar.MaxDisplayedSnackbars = 3;
        snackbar.SnackbarVariant = Variant.Outlined;
        snackbar.MaximumOpacity = 100;
        snackbar.VisibleStateDuration = 6_000;
        snackbar.HideTransitionDuration = 200;
        snackbar.ShowTransitionDuration = 150;
    });
}
