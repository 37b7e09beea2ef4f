using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Mom.ServiceDefaults.Clients.RabbitMQ;

/// <summary>Brings what RabbitMQ.Client says about itself, which it says to an <see cref="EventSource"/>, into the service's log.</summary>
internal sealed partial class RabbitMQClientLog(ILoggerFactory loggers) : EventListener
{
    // An initializer runs before the base constructor, which already calls OnEventSourceCreated.
    private readonly ILogger _logger = loggers.CreateLogger("RabbitMQ.Client");

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "rabbitmq-client")
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var level = LevelOf(eventData.Level);
        if (eventData.Payload is not [string message, ..] || !_logger.IsEnabled(level))
            return;

        // Error(message, exception): the exception arrives as a dictionary.
        if (eventData.Payload is [_, IDictionary<string, object?> exception])
            LogError(_logger, level, message, exception["Type"] as string, exception["Message"] as string);
        else
            LogEvent(_logger, level, message);
    }

    private static LogLevel LevelOf(EventLevel level) => level switch
    {
        EventLevel.Critical => LogLevel.Critical,
        EventLevel.Error => LogLevel.Error,
        EventLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    [LoggerMessage(Message = "{Event}")]
    private static partial void LogEvent(ILogger logger, LogLevel level, string @event);

    [LoggerMessage(Message = "{Event} ({ExceptionType}: {ExceptionMessage})")]
    private static partial void LogError(
        ILogger logger, LogLevel level, string @event, string? exceptionType, string? exceptionMessage);
}
