using Mom.Panel.Session;
using MudBlazor;

namespace Mom.Panel.Layout;

/// <summary>The pages of the panel, in the order of the rail.</summary>
internal static class Navigation
{
    /// <summary>For every user.</summary>
    public static readonly IReadOnlyList<NavigationEntry> OfUsers =
    [
        new(PanelRoutes.Home, "Jobs", Icons.Material.Rounded.Functions),
        new(PanelRoutes.Recurring, "Recurring", Icons.Material.Rounded.EventRepeat),
        new(PanelRoutes.Notifications, "Notifications", Icons.Material.Rounded.Notifications),
        new(PanelRoutes.Account, "Account", Icons.Material.Rounded.AccountCircle),
    ];

    /// <summary>For administrators only: for other users the panel and the API answer 404.</summary>
    public static readonly IReadOnlyList<NavigationEntry> OfAdministrators =
    [
        new(PanelRoutes.System, "Below sea level", Icons.Material.Rounded.Waves),
        new(PanelRoutes.Queues, "Queues", Icons.Material.Rounded.Reorder),
        new(PanelRoutes.Workers, "Workers", Icons.Material.Rounded.Memory),
        new(PanelRoutes.DeadLetters, "Dead letters", Icons.Material.Rounded.ReportGmailerrorred),
        new(PanelRoutes.AllJobs, "All jobs", Icons.Material.Rounded.ListAlt),
        new(PanelRoutes.Users, "Users", Icons.Material.Rounded.Group),
        new(PanelRoutes.Ledger, "Ledger", Icons.Material.Rounded.Balance),
        new(PanelRoutes.Demo, "Demo", Icons.Material.Rounded.Science),
    ];
}

/// <summary>A page of the rail.</summary>
/// <param name="Address">A path of the panel.</param>
internal sealed record NavigationEntry(string Address, string Label, string Icon)
{
    /// <summary>Whether the page at <paramref name="path"/> is this one, or lies below it.</summary>
    public bool IsCurrent(string path) =>
        Same(path, Address)
        || (Address is PanelRoutes.Home && (Same(path, PanelRoutes.Jobs) || Below(path, PanelRoutes.Jobs)))
        || (Address is not (PanelRoutes.Home or PanelRoutes.System) && Below(path, Address));

    private static bool Same(string path, string address) => string.Equals(path, address, StringComparison.OrdinalIgnoreCase);

    private static bool Below(string path, string address) => path.StartsWith(address + "/", StringComparison.OrdinalIgnoreCase);
}
