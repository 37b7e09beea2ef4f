namespace Mom.Panel.Session;

internal static partial class SessionLog
{
    [LoggerMessage(LogLevel.Warning, "The session could not be renewed; it is tried again")]
    public static partial void RenewalFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The browser's cookie could not be renewed: a reload of the page may need a login")]
    public static partial void CookieNotRenewed(ILogger logger);
}
