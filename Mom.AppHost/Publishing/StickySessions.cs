namespace Mom.AppHost.Publishing;

/// <summary>Which services must see a user's requests at the same replica.</summary>
internal static class StickySessions
{
    /// <summary>
    /// The panel: the state of a user's page is a circuit in the memory of one replica
    /// (https://learn.microsoft.com/aspnet/core/blazor/host-and-deploy/server). All other state is shared: sessions in
    /// Redis, work in queues, pushes by the backplane and over WebSockets only.
    /// </summary>
    public static bool Needs(string service) => service is "panel";
}
