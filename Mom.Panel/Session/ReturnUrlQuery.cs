namespace Mom.Panel.Session;

/// <summary>Carries the page to return to from the login to the registration and back.</summary>
internal static class ReturnUrlQuery
{
    public static QueryString AddReturnUrl(this QueryString query, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? query : query.Add(PanelRoutes.ReturnUrl, PanelRoutes.LocalOrHome(returnUrl));
}
