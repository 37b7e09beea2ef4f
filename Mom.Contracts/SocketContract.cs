namespace Mom.Contracts;

/// <summary>What the socket service (SignalR) offers to clients.</summary>
public static class SocketContract
{
    /// <summary>Path of the hub. Clients authenticate with the API's access token.</summary>
    public const string HubPath = "/hub";

    /// <summary>Called on the client with a <see cref="Jobs.Job"/> whenever one of the user's jobs changes.</summary>
    public const string JobChanged = "JobChanged";

    /// <summary>Called on the client with a <see cref="Notifications.Notification"/> when there is a new one.</summary>
    public const string NotificationAdded = "NotificationAdded";

    /// <summary>Called on the client with a <see cref="Notifications.NotificationsRead"/> when the user has seen notifications, in whichever window.</summary>
    public const string NotificationsRead = "NotificationsRead";

    /// <summary>
    /// Called on the client when it connects, and whenever it changes: with <see langword="null"/> while changes come through, else with a sentence that
    /// says why they do not.
    /// </summary>
    public const string DeliveryChanged = "DeliveryChanged";

    /// <summary>Called on the client, without arguments, when the session that the connection was opened with has ended; the connection is closed then.</summary>
    public const string SessionEnded = "SessionEnded";
}
