namespace Mom.Panel.Jobs;

/// <summary>The dashboard that shows traces, when configuration (<c>Dashboard:Url</c>) names one that the user's browser can reach.</summary>
internal sealed record DashboardAddress(Uri? Url)
{
    public static DashboardAddress From(IConfiguration configuration) =>
        new(Uri.TryCreate(configuration["Dashboard:Url"], UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null);

    /// <summary>The page of a trace; <see langword="null"/> without a dashboard.</summary>
    public Uri? Trace(string traceId) => Url is null ? null : new Uri(Url, $"/traces/detail/{Uri.EscapeDataString(traceId)}");
}
