using Microsoft.Extensions.Logging;

namespace Mom.Messaging.Diagnostics;

/// <summary>Everything that the engine logs. Never a body: it may hold personal data.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The {Connection} connection to {Endpoint} is open")]
    public static partial void Connected(ILogger logger, string connection, string endpoint);

    [LoggerMessage(2, LogLevel.Warning, "The {Connection} connection could not be opened: {Reason}")]
    public static partial void ConnectFailed(ILogger logger, string connection, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The {Connection} connection was lost: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string connection, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The broker blocks the {Connection} connection: {Reason}")]
    public static partial void ConnectionBlocked(ILogger logger, string connection, string reason);

    [LoggerMessage(5, LogLevel.Information, "The broker no longer blocks the {Connection} connection")]
    public static partial void ConnectionUnblocked(ILogger logger, string connection);

    [LoggerMessage(10, LogLevel.Information, "Consuming {Queue}")]
    public static partial void Consuming(ILogger logger, string queue);

    [LoggerMessage(11, LogLevel.Warning, "The consumer of {Queue} ended ({Reason}) and starts again")]
    public static partial void ConsumerEnded(ILogger logger, string queue, string reason);

    [LoggerMessage(12, LogLevel.Information, "The consumer of {Queue} has stopped; {Unfinished} deliveries go back to the queue")]
    public static partial void ConsumerStopped(ILogger logger, string queue, int unfinished);

    [LoggerMessage(13, LogLevel.Information, "{Queue} is paused: {Paused}")]
    public static partial void PauseChanged(ILogger logger, string queue, bool paused);

    [LoggerMessage(20, LogLevel.Warning, "{MessageType} {MessageId} failed at attempt {Attempt} of {MaxAttempts}; next in {Delay}")]
    public static partial void Retrying(ILogger logger, Exception exception, string messageType, Guid messageId, int attempt, int maxAttempts, TimeSpan delay);

    [LoggerMessage(21, LogLevel.Error, "{MessageType} {MessageId} became a dead letter of {Queue}: {Reason}")]
    public static partial void DeadLettered(ILogger logger, Exception? exception, string messageType, Guid messageId, string queue, Retries.DeadLetterReason reason);

    [LoggerMessage(22, LogLevel.Warning, "A message of {Queue} could not be settled and will be delivered again")]
    public static partial void NotSettled(ILogger logger, Exception exception, string queue);

    [LoggerMessage(23, LogLevel.Warning, "{MessageType} {MessageId} failed; its caller is told, there is no retry")]
    public static partial void QueryFailed(ILogger logger, Exception exception, string messageType, Guid messageId);

    [LoggerMessage(24, LogLevel.Warning, "The outcome of {MessageType} {MessageId} waits for the broker: {Reason}")]
    public static partial void Settling(ILogger logger, string messageType, Guid messageId, string reason);

    [LoggerMessage(25, LogLevel.Warning, "{MessageType} {MessageId} was in flight when its consumer was lost, and moves to {Queue}; crashes counted: {Crashes}")]
    public static partial void Suspected(ILogger logger, string messageType, Guid messageId, string queue, int crashes);

    [LoggerMessage(26, LogLevel.Information, "{MessageType} {MessageId} expired before its handler began: its caller does not wait any more")]
    public static partial void Expired(ILogger logger, string messageType, Guid messageId);

    [LoggerMessage(27, LogLevel.Warning, "A batch of {Count} messages from {Queue} failed; each of them is handled alone now")]
    public static partial void BatchFailed(ILogger logger, Exception exception, int count, string queue);

    [LoggerMessage(28, LogLevel.Warning, "{MessageType} {MessageId} is sent on with its headers in its body: {Reason}")]
    public static partial void Wrapped(ILogger logger, string messageType, Guid messageId, string reason);

    [LoggerMessage(29, LogLevel.Warning, "The reply to {MessageType} {MessageId} could not be sent: {Reason}")]
    public static partial void NotAnswered(ILogger logger, string messageType, Guid messageId, string reason);

    [LoggerMessage(76, LogLevel.Warning, "{MessageType} {MessageId} was in flight when its consumer was lost, and is handled alone in {Queue}; consumers lost over it: {Crashes} with this one")]
    public static partial void BegunAlone(ILogger logger, string messageType, Guid messageId, string queue, int crashes);

    [LoggerMessage(77, LogLevel.Warning, "Whether {Queue} should be handed over to another process is not known: {Reason}")]
    public static partial void NotRebalanced(ILogger logger, string queue, string reason);

    [LoggerMessage(70, LogLevel.Information, "{MessageType} {MessageId} goes back to {Queue}, uncharged: the outage outlasts the time that it may be held, or its consumer stops")]
    public static partial void GivenBack(ILogger logger, string messageType, Guid messageId, string queue);

    [LoggerMessage(71, LogLevel.Warning, "{MessageType} {MessageId} failed for a reason outside the message, which counts as no attempt; next in {Delay}")]
    public static partial void Postponed(ILogger logger, Exception exception, string messageType, Guid messageId, TimeSpan delay);

    [LoggerMessage(72, LogLevel.Error, "The handler of {What} from {Queue} did not end within {Timeout}, nor within {Grace} of its token, and is abandoned: it may still be running, and keeps its resources until the process ends")]
    public static partial void HandlerAbandoned(ILogger logger, string what, string queue, TimeSpan timeout, TimeSpan grace);

    [LoggerMessage(73, LogLevel.Warning, "A handler of {What} from {Queue} that was abandoned has ended ({Status}); its outcome is dropped")]
    public static partial void AbandonedHandlerEnded(ILogger logger, Exception? exception, string what, string queue, TaskStatus status);

    [LoggerMessage(60, LogLevel.Warning, "Queues could not be declared again: {Reason}")]
    public static partial void NotDeclared(ILogger logger, string reason);

    [LoggerMessage(61, LogLevel.Warning, "The queue {Queue} exists with another '{Argument}' ({Existing}), and stays as it is. To set it: rabbitmqctl set_policy --apply-to queues mom-limits '{Pattern}' '{Definition}'")]
    public static partial void QueueKept(ILogger logger, string queue, string argument, string existing, string pattern, string definition);

    [LoggerMessage(62, LogLevel.Warning, "The topology is not declared yet, and this service may not do it: it waits for the service that may. {Missing}")]
    public static partial void TopologyAwaited(ILogger logger, string missing);

    [LoggerMessage(63, LogLevel.Information, "The topology is declared")]
    public static partial void TopologyThere(ILogger logger);

    [LoggerMessage(64, LogLevel.Error, "{MessageType} {MessageId} from {Queue} is refused: {Reason}")]
    public static partial void Refused(ILogger logger, string messageType, Guid messageId, string queue, string reason);

    [LoggerMessage(65, LogLevel.Error, "A reply from the broker user '{Sender}' is dropped: replies are accepted from {Allowed}")]
    public static partial void ReplyRefused(ILogger logger, string sender, string allowed);

    [LoggerMessage(66, LogLevel.Warning, "{MessageType} {MessageId} from {Queue} is discarded after attempt {Attempt}, as the failure policy of its consumer says")]
    public static partial void Discarded(ILogger logger, Exception exception, string messageType, Guid messageId, string queue, int attempt);

    [LoggerMessage(67, LogLevel.Information, "{MessageType} {MessageId} failed, and is handled again at once (immediate try {Try})")]
    public static partial void TryingAgain(ILogger logger, Exception exception, string messageType, Guid messageId, int @try);

    [LoggerMessage(30, LogLevel.Debug, "Dropped a reply without a pending request (correlation {CorrelationId})")]
    public static partial void LateReply(ILogger logger, string? correlationId);

    [LoggerMessage(40, LogLevel.Warning, "The outbox relay failed and tries again: {Reason}")]
    public static partial void RelayFailed(ILogger logger, string reason);

    [LoggerMessage(41, LogLevel.Warning, "Outbox row {RowId} ({MessageType}) was not sent at attempt {Attempt}: {Reason}")]
    public static partial void RelayRowFailed(ILogger logger, long rowId, string messageType, int attempt, string reason);

    [LoggerMessage(42, LogLevel.Error, "Outbox row {RowId} ({MessageType}) is dead after {Attempts} attempts and holds up key {Key}: revive or discard it")]
    public static partial void OutboxMessageDied(ILogger logger, Exception exception, long rowId, string messageType, string key, int attempts);

    [LoggerMessage(43, LogLevel.Warning, "The outbox could not be counted: {Reason}")]
    public static partial void OutboxNotMeasured(ILogger logger, string reason);

    [LoggerMessage(44, LogLevel.Warning, "{Destination} confirms nothing; its messages wait in the outbox, and some are tried in {Delay}: {Reason}")]
    public static partial void DestinationStuck(ILogger logger, string destination, TimeSpan delay, string reason);

    [LoggerMessage(45, LogLevel.Information, "{Destination} confirms again, or nothing waits for it")]
    public static partial void DestinationFree(ILogger logger, string destination);

    [LoggerMessage(50, LogLevel.Warning, "The inbox could not be cleaned: {Reason}")]
    public static partial void InboxNotCleaned(ILogger logger, string reason);

    [LoggerMessage(51, LogLevel.Debug, "Forgot {Count} messages of the inbox")]
    public static partial void InboxCleaned(ILogger logger, int count);
}
