namespace Mom.Panel.Live;

internal static partial class LiveLog
{
    [LoggerMessage(LogLevel.Information, "Attempt {Attempt} to connect to {Hub} failed: {Reason}")]
    public static partial void ConnectFailed(ILogger logger, Uri hub, int attempt, string reason);
}
