using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Delays;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Topology;

/// <summary>
/// Declares a topology on a new connection. Everything is durable, so that declaring it again changes nothing. All of it is sent at once
/// and answered once: with an answer to each of the almost 200 declarations, a connection on a slow line would be back after half a minute.
/// </summary>
internal sealed class TopologyDeclarer(BrokerTopology topology, ILogger<TopologyDeclarer>? logger = null)
{
    private const int PreconditionFailed = 406;

    // The limit of queues that another version of the broker or of this system has declared; null for none.
    private readonly ConcurrentDictionary<string, long?> _limits = new(StringComparer.Ordinal);

    /// <remarks>
    /// A limit of deliveries that differs is no reason to refuse a queue: an upgrade of the broker from 3.x to 4.x would need every quorum queue
    /// deleted. The queue stays as it is. The engine moves what comes back to a new queue each time, long before the limit of 20; a policy lifts it.
    /// </remarks>
    /// <exception cref="TopologyMismatchException">Something exists already with other arguments.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await DeclareAllAsync(connection, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TopologyMismatchException mismatch) when (
                mismatch is { Argument: QueueArguments.DeliveryLimit, Name: { } queue } && _limits.TryAdd(queue, LimitOf(mismatch)))
            {
                if (logger is not null)
                {
                    Log.QueueKept(logger, queue, QueueArguments.DeliveryLimit, mismatch.Existing ?? "none", $"^{Regex.Escape(queue)}$");
                }
            }
        }
    }

    private async Task DeclareAllAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            await channel.ExchangeDeclareAsync(topology.CommandExchange, ExchangeType.Direct, durable: true, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            await channel.ExchangeDeclareAsync(topology.EventExchange, ExchangeType.Topic, durable: true, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var queue in topology.Queues)
            {
                await DeclareAsync(channel, queue, BrokerVersion.Of(connection), cancellationToken).ConfigureAwait(false);
            }

            await DelayTopology.DeclareAsync(channel, topology, cancellationToken).ConfigureAwait(false);
            // The broker works off a channel in order: its answer to the last means that all before were done, or else it has closed the channel.
            await channel.ExchangeDeclarePassiveAsync(topology.CommandExchange, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            throw TopologyMismatchException.From(exception.ShutdownReason.ReplyText, exception);
        }
    }

    private async Task DeclareAsync(IChannel channel, QueueDefinition queue, Version broker, CancellationToken cancellationToken)
    {
        foreach (var lane in queue.WorkQueues)
        {
            var arguments = QueueArguments.ForWork(topology.TypeOf(queue), broker);
            if (_limits.TryGetValue(lane, out var limit))
            {
                arguments.Remove(QueueArguments.DeliveryLimit);
                if (limit is not null)
                {
                    arguments[QueueArguments.DeliveryLimit] = limit;
                }
            }

            await DeclareAsync(channel, lane, arguments, cancellationToken).ConfigureAwait(false);
        }

        foreach (var pattern in queue.EventPatterns)
        {
            await channel.QueueBindAsync(queue.Name, topology.EventExchange, pattern, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        for (var retry = 1; retry <= queue.RetryDelays.Count; retry++)
        {
            await DeclareAsync(channel, queue.RetryQueue(retry), QueueArguments.ForRetry(topology, queue), cancellationToken).ConfigureAwait(false);
        }

        await DeclareAsync(channel, queue.DeadLetterQueue, QueueArguments.ForDeadLetters(topology.TypeOf(queue)), cancellationToken).ConfigureAwait(false);
    }

    private static long? LimitOf(TopologyMismatchException mismatch) =>
        long.TryParse(mismatch.Existing, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) ? limit : null;

    // Every queue is bound under its own name: a publish through a named exchange shows up by that name in traces, one through
    // the default exchange does not.
    private async Task DeclareAsync(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.QueueBindAsync(name, topology.CommandExchange, name, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Which version of the broker a connection is to.</summary>
internal static class BrokerVersion
{
    /// <summary>The first numbers of what the broker says, such as <c>3.10.8</c> or <c>4.3.0-rc.1</c>; 0.0 when it says nothing of the kind.</summary>
    public static Version Of(IConnection connection) => Parse(
        connection.ServerProperties?.TryGetValue("version", out var value) == true && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : string.Empty);

    internal static Version Parse(string text) =>
        Version.TryParse(string.Concat(text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')).TrimEnd('.'), out var version) ? version : new Version(0, 0);
}
