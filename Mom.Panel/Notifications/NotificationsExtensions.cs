namespace Mom.Panel.Notifications;

/// <summary>What the bell needs.</summary>
internal static class NotificationsExtensions
{
    public static void AddNotifications(this WebApplicationBuilder builder) => builder.Services.AddScoped<NotificationBoard>();
}
