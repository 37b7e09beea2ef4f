namespace Mom.Panel.Notifications;

/// <summary>What the bell and the page need.</summary>
internal static class NotificationsExtensions
{
    public static void AddNotifications(this WebApplicationBuilder builder) => builder.Services.AddScoped<NotificationFeed>();
}
