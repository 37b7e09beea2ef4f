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

    /// <summary>
    /// Serves files in development as where they are published: compressed, and for a year where their name has a fingerprint. Otherwise ASP.NET Core
    /// looks at each request whether a file was changed since the build. It compares the time of the file, of which the build keeps whole seconds, so
    /// on most file systems every file looks changed, and is sent in the gzip format without any compression.
    /// </summary>
    /// <remarks><c>dotnet watch</c> changes a file under the same name.</remarks>
    public static void ServeFilesAsBuilt(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("DOTNET_WATCH") is null)
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = bool.FalseString;
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
