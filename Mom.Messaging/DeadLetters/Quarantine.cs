using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Topology;

namespace Mom.Messaging.DeadLetters;

/// <summary>
/// Keeps dead letters that the broker does not take in any form: in the store of dead letters, where the process has one, and what that does
/// not take either, in a file. The directory is <c>Messaging:QuarantineDirectory</c>, by default <c>quarantine</c> beside the program.
/// </summary>
internal sealed partial class Quarantine(IServiceScopeFactory scopes, IEnumerable<IOutageGate> gates, IConfiguration? configuration, ILogger<Quarantine> logger)
{
    private readonly string _directory = configuration?["Messaging:QuarantineDirectory"] is { Length: > 0 } configured
        ? configured
        : Path.Combine(AppContext.BaseDirectory, "quarantine");

    /// <summary>Returns when the dead letter is in the database or on the disk, and its original may be acked.</summary>
    public async Task KeepAsync(QueueDefinition queue, Envelope letter, Exception reason, CancellationToken cancellationToken)
    {
        if (await TryStoreAsync(new DeadLetter(queue.Name, letter, TraceParent: null), cancellationToken).ConfigureAwait(false))
        {
            LogStored(letter.MessageId, queue.Name, reason.Message);
        }
        else
        {
            await KeepInFileAsync(queue.Name, letter, reason, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when the dead letter is on the disk. While the disk takes nothing it waits.</summary>
    public async Task KeepInFileAsync(string queue, Envelope letter, Exception reason, CancellationToken cancellationToken)
    {
        var delay = new ReconnectDelay();
        while (!await TryKeepInFileAsync(queue, letter, reason, cancellationToken).ConfigureAwait(false))
        {
            await delay.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False when the disk takes nothing at present.</returns>
    public async Task<bool> TryKeepInFileAsync(string queue, Envelope letter, Exception reason, CancellationToken cancellationToken)
    {
        try
        {
            LogInFile(letter.MessageId, queue, await WriteAsync(queue, letter, cancellationToken).ConfigureAwait(false), reason.Message);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(letter.MessageId, queue, exception.Message);
            return false;
        }
    }

    /// <summary>Reads a file of the quarantine: the message as it was, or <see langword="null"/> when it is no such file.</summary>
    internal static Envelope? Read(string path)
    {
        var wrapped = new Envelope(string.Empty, string.Empty, WrappedMessage.Type, Guid.Empty, MessagePriority.Normal, File.ReadAllBytes(path))
        {
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Wrapped] = 1 },
        };
        var message = WrappedMessage.Unwrap(wrapped);
        return ReferenceEquals(message, wrapped) ? null : message;
    }

    private async Task<bool> TryStoreAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var delay = new ReconnectDelay();
        for (var failures = 1; ; failures++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (scope.ServiceProvider.GetService<IDeadLetterStore>() is not { } store)
                {
                    return false;
                }

                await store.StoreAsync([letter], cancellationToken).ConfigureAwait(false);
                return true;
            }
#pragma warning disable CA1031 // What the store does not take goes to the disk.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (!await gates.WaitIfUnavailableAsync(exception, cancellationToken).ConfigureAwait(false))
                {
                    if (failures > gates.UnchargedRetries(exception))
                    {
                        return false;
                    }

                    await delay.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    // The same letter has the same name: what is delivered again replaces its own copy. Renamed when it is complete, and on the disk by then.
    private async Task<string> WriteAsync(string queue, Envelope letter, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_directory);
        var path = Path.Combine(_directory, $"{queue}-{letter.MessageId}.message");
        var bytes = WrappedMessage.Wrap(letter, ours: true).Body;
        await using (var file = new FileStream($"{path}.part", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.part", path, overwrite: true);
        return path;
    }

    [LoggerMessage(1, LogLevel.Error, "The broker does not take the dead letter {MessageId} of {Queue}; it was stored without it: {Reason}")]
    private partial void LogStored(Guid messageId, string queue, string reason);

    [LoggerMessage(2, LogLevel.Error, "Neither broker nor store take the dead letter {MessageId} of {Queue}; it is kept in {Path}: {Reason}")]
    private partial void LogInFile(Guid messageId, string queue, string path, string reason);

    [LoggerMessage(3, LogLevel.Error, "The dead letter {MessageId} of {Queue} cannot be kept, and waits in its queue: {Reason}")]
    private partial void LogNotKept(Guid messageId, string queue, string reason);
}
