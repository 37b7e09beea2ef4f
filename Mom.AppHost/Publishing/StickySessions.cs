namespace Mom.AppHost.Publishing;

/// <summary>Which services must see a user's requests at the same replica.</summary>
internal static class StickySessions
{
    /// <summary>
    /// The panel: what a user sees lives in a circuit in the memory of one of its replicas
    /// (https://learn.microsoft.com/aspnet/core/blazor/host-and-deploy/server). Everything else shares what it has to know: sessions by
    /// Redis, work by queues, pushes by the backplane and over WebSockets alone.
    /// </summary>
    public static bool Needs(string service) => service is "panel";
}
