using Microsoft.Extensions.Logging;

namespace Mom.Hosting.Restarts;

/// <summary>What is said of restarts: to the resource's own log, and with the resource's name to the host's.</summary>
internal static partial class RestartLog
{
    [LoggerMessage(LogLevel.Warning, "{How} Started again in {Delay} (try {Try} of {MaximumTries})")]
    public static partial void Restarting(this ILogger log, string how, string delay, int @try, int maximumTries);

    [LoggerMessage(LogLevel.Error, "{How} Given up after {MaximumTries} restarts in {Window}: it can be started by hand")]
    public static partial void GaveUp(this ILogger log, string how, int maximumTries, string window);

    [LoggerMessage(LogLevel.Warning, "{Resource}: {How} Started again in {Delay} (try {Try} of {MaximumTries})")]
    public static partial void RestartingResource(this ILogger log, string resource, string how, string delay, int @try, int maximumTries);

    [LoggerMessage(LogLevel.Error, "{Resource}: {How} Given up after {MaximumTries} restarts in {Window}: it can be started by hand")]
    public static partial void GaveUpOn(this ILogger log, string resource, string how, int maximumTries, string window);

    [LoggerMessage(LogLevel.Debug, "{Resource} could not be started again")]
    public static partial void StartFailed(this ILogger log, Exception exception, string resource);

    [LoggerMessage(LogLevel.Error, "Resources that end are not restarted any more")]
    public static partial void WatchingFailed(this ILogger log, Exception exception);
}
