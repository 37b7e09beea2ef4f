using System.Threading.Channels;
using Mom.Contracts.Users;
using Mom.Messaging.Publishing;

namespace Mom.Api.Users;

/// <summary>
/// Replaces hashes that were made with a weaker setting, after the login that needed them: nobody waits for it. What does not succeed does so at
/// the next login.
/// </summary>
internal sealed partial class PasswordRehashes(Passwords passwords, IMessagePublisher publisher, ILogger<PasswordRehashes> logger) : BackgroundService
{
    // Of its own: it must not take the places of a caller.
    private const string Address = "rehash";

    private readonly Channel<Rehash> _waiting = Channel.CreateBounded<Rehash>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Queues the replacement of the hash of a verified password; drops it when too many are queued.</summary>
    public void Want(Guid userId, string hash, string password) => _waiting.Writer.TryWrite(new Rehash(userId, hash, password));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var wanted in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                var hash = await passwords.HashAsync(wanted.Password, Address, stoppingToken);
                await publisher.PublishAsync(new RehashPassword(wanted.UserId, wanted.Hash, hash), cancellationToken: stoppingToken);
                LogRehashed(wanted.UserId);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The user is logged in, and whatever it is must not end the process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailed(wanted.UserId, exception.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The hash of the password of user {UserId} is replaced by a harder one")]
    private partial void LogRehashed(Guid userId);

    [LoggerMessage(2, LogLevel.Warning, "The hash of the password of user {UserId} could not be replaced; the next login tries again: {Reason}")]
    private partial void LogFailed(Guid userId, string reason);

    // Not a record: what it holds must not be printed.
    private sealed class Rehash(Guid userId, string hash, string password)
    {
        public Guid UserId { get; } = userId;

        public string Hash { get; } = hash;

        public string Password { get; } = password;
    }
}
