using Microsoft.Extensions.Logging;

namespace Mom.Hosting.Reporting;

internal static partial class ReportLog
{
    [LoggerMessage(LogLevel.Error, "{Resource} {What}{Waiting}{LastLines}")]
    public static partial void ResourceFailed(this ILogger log, string resource, string what, string waiting, string lastLines);

    [LoggerMessage(LogLevel.Information, "All {Count} resources are healthy after {Took}{Addresses}")]
    public static partial void AllAreHealthy(this ILogger log, int count, string took, string addresses);

    [LoggerMessage(LogLevel.Debug, "The log of {Resource} could not be read")]
    public static partial void LogNotRead(this ILogger log, Exception exception, string resource);

    [LoggerMessage(LogLevel.Error, "Resources that do not start are not reported any more")]
    public static partial void ReportingFailed(this ILogger log, Exception exception);
}
