namespace Mom.Panel.Layout;

/// <summary>Maps the pages, and what is common to all of them.</summary>
internal static class PagesExtensions
{
    /// <summary>Where the connections of open pages are.</summary>
    public const string Circuits = "/_blazor";

    // 'unsafe-inline' for styles only: MudBlazor writes its theme and the places of its popovers into the page.
    public const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Lets browsers keep files with a fingerprint in their name for a year in development too, as where it is published.</summary>
    /// <remarks><c>dotnet watch</c> changes a file under the same name.</remarks>
    public static void CacheStaticAssets(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("DOTNET_WATCH") is null)
            builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = bool.TrueString;
    }

    public static void UseErrorPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    }

    public static void MapPages(this WebApplication app) => app.MapRazorComponents<App>()
        .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
}
