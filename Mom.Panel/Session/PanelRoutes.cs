namespace Mom.Panel.Session;

/// <summary>Addresses of the panel's pages, with those of login and return.</summary>
public static class PanelRoutes
{
    public const string Home = "/";
    public const string Login = "/login";
    public const string Register = "/register";
    public const string Logout = "/session/logout";
    public const string Renew = "/session/renew";
    public const string Jobs = "/jobs";
    public const string Recurring = "/recurring";
    public const string Notifications = "/notifications";
    public const string Account = "/account";

    // For administrators.
    public const string System = "/admin";
    public const string Queues = "/admin/queues";
    public const string Workers = "/admin/workers";
    public const string DeadLetters = "/admin/dead-letters";
    public const string AllJobs = "/admin/jobs";
    public const string Users = "/admin/users";
    public const string Ledger = "/admin/ledger";
    public const string Demo = "/admin/demo";

    /// <summary>The query parameter with the page to go to after a login.</summary>
    public const string ReturnUrl = "returnUrl";

    public static string Job(Guid id) => $"/jobs/{id}";

    /// <summary>The form for a new job, filled with the operations of a former one.</summary>
    public static string Repeat(Guid id) => $"{Home}?repeat={id}";

    /// <param name="ended">Whether to say that a session has ended.</param>
    public static string LoginThenReturn(string? returnUrl, bool ended)
    {
        var local = LocalOrHome(returnUrl);
        var query = new QueryString();
        if (ended)
            query = query.Add("ended", "true");
        if (!string.Equals(local, Home, StringComparison.Ordinal))
            query = query.Add(ReturnUrl, local);
        return Login + query;
    }

    // Percent-encoded in a query, and with the rest of a request, it must fit into a request line (8 KiB).
    private const int LongestReturnUrl = 2_000;

    /// <summary>
    /// The address when it is a path of this panel, the home page when it leads to another site (an open redirect) or is none: an address consists of
    /// visible ASCII characters (RFC 3986), and a header takes no others.
    /// </summary>
    public static string LocalOrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && url.Length <= LongestReturnUrl && url.All(character => character is > ' ' and <= '~') ? url : Home;
}

/// <summary>Carries the page to return to from the login to the registration and back.</summary>
internal static class ReturnUrlQuery
{
    public static QueryString AddReturnUrl(this QueryString query, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? query : query.Add(PanelRoutes.ReturnUrl, PanelRoutes.LocalOrHome(returnUrl));
}
