namespace Mom.Panel.Notifications;

/// <summary>Registers the services of the bell and the page.</summary>
internal static class NotificationsExtensions
{
    public static void AddNotifications(this WebApplicationBuilder builder) => builder.Services.AddScoped<NotificationFeed>();
}
