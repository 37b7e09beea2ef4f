using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;
using Mom.Sessions.Store;
using StackExchange.Redis;

namespace Mom.Workers.Database.Users;

/// <summary>Applies a change of a user to their sessions. While Redis is unavailable it is postponed; nobody can use a session then.</summary>
internal sealed partial class AccessChangedHandler(IServiceProvider services, IMessagePublisher publisher, ILogger<AccessChangedHandler> logger)
    : IMessageHandler<AccessChanged>
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(AccessChanged message, MessageContext context, CancellationToken cancellationToken)
    {
        try
        {
            await UserAccess.TellAsync(services.GetRequiredService<IConnectionMultiplexer>(), message);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Not a failed attempt: after some of those it would be a dead letter, and a role that was taken away would come back with Redis.
            await publisher.PublishAsync(message, new PublishOptions { Delay = Later }, cancellationToken);
            LogPutOff(message.UserId, exception.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The sessions of user {UserId} cannot be told yet of a change, and are told later: {Reason}")]
    private partial void LogPutOff(Guid userId, string reason);
}
