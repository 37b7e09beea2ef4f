using Mom.Contracts.Notifications;
using MudBlazor;

namespace Mom.Panel.Notifications;

/// <summary>How kinds of notifications look.</summary>
internal static class NotificationLook
{
    public static Severity Severity(Notification notification) => notification.Kind switch
    {
        Notification.JobSucceeded => MudBlazor.Severity.Success,
        Notification.JobFailed => MudBlazor.Severity.Error,
        _ => MudBlazor.Severity.Info,
    };

    public static string Icon(Notification notification) => Severity(notification) switch
    {
        MudBlazor.Severity.Success => Icons.Material.Rounded.CheckCircle,
        MudBlazor.Severity.Error => Icons.Material.Rounded.Cancel,
        _ => Icons.Material.Rounded.Info,
    };
}
