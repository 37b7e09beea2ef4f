using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Delays;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Topology;

/// <summary>
/// Declares a topology on a new connection, or waits until another service has (<see cref="TopologyMode"/>). Everything is durable, so that declaring it again changes nothing. All of it is sent at once
/// and answered once: with an answer to each of the almost 200 declarations, a connection on a slow line would be back after half a minute.
/// </summary>
internal sealed class TopologyDeclarer(BrokerTopology topology, ILogger<TopologyDeclarer>? logger = null)
{
    private const int PreconditionFailed = 406;
    private const int NotFound = 404;

    // Values of limits that queues of another version of the broker or of this system have; null for none.
    private readonly ConcurrentDictionary<(string Queue, string Argument), object?> _kept = new();

    /// <remarks>
    /// A limit that differs is no reason to refuse a queue: an upgrade of the broker from 3.x to 4.x would need every quorum queue deleted, and one
    /// of this system every queue that has got a limit. A classic queue that is empty and unused is replaced, which loses nothing; any other
    /// stays as it is, until it is empty and unused when a process starts, or until a policy sets the limit. Without the broker's own limit of
    /// deliveries the engine is well: it moves what comes back to a new queue each time, long before the limit of 20.
    /// </remarks>
    /// <exception cref="TopologyMismatchException">Something exists already with other arguments.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (topology.Mode == TopologyMode.Await)
        {
            await AwaitAsync(connection, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Another process may replace what this one has just decided to keep; but not for ever.
        for (var tries = 3 * topology.Queues.Sum(queue => queue.WorkQueues.Count); ; tries--)
        {
            try
            {
                await DeclareAllAsync(connection, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TopologyMismatchException mismatch) when (
                mismatch is { Argument: { } argument, Name: not null } && QueueArguments.IsLimit(argument) && tries > 0)
            {
                await ReplaceOrKeepAsync(connection, mismatch.Name, argument, mismatch.Existing, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Declares all of it if an exchange or queue is missing.</summary>
    /// <inheritdoc cref="DeclareAsync(IConnection, CancellationToken)"/>
    public async Task EnsureAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (await WhatIsMissingAsync(connection, channel => LookAtAllAsync(channel, cancellationToken), cancellationToken).ConfigureAwait(false) is not null)
        {
            await DeclareAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a service that declares nothing waits for, or <see langword="null"/> when it does not wait.</summary>
    public string? Missing { get; private set; }

    // Passively: the broker says to every user whether something exists, and closes the channel where it does not, so each look has its own. What is
    // declared last is all that is looked for: a queue that hangs must not keep a service from its connection, and one that somebody has deleted is
    // waited for where it is used.
    private async Task AwaitAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var delay = new ReconnectDelay();
        try
        {
            while (await WhatIsMissingAsync(connection, cancellationToken).ConfigureAwait(false) is { } missing)
            {
                if (Missing is null && logger is not null)
                {
                    Log.TopologyAwaited(logger, missing);
                }

                Missing = missing;
                await delay.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            if (Missing is not null && logger is not null)
            {
                Log.TopologyThere(logger);
            }
        }
        finally
        {
            // Also when the connection was lost meanwhile: then that is what is wrong.
            Missing = null;
        }
    }

    private Task<string?> WhatIsMissingAsync(IConnection connection, CancellationToken cancellationToken) =>
        WhatIsMissingAsync(connection, channel => channel.ExchangeDeclarePassiveAsync(topology.DeclaredMarker, cancellationToken), cancellationToken);

    // The client does not send them without waiting for each answer.
    private async Task LookAtAllAsync(IChannel channel, CancellationToken cancellationToken)
    {
        foreach (var exchange in (string[])[topology.CommandExchange, topology.EventExchange, topology.ReplyExchange, topology.DeclaredMarker])
        {
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken).ConfigureAwait(false);
        }

        foreach (var queue in topology.Queues.SelectMany(NamesOf))
        {
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string?> WhatIsMissingAsync(IConnection connection, Func<IChannel, Task> look, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            await look(channel).ConfigureAwait(false);
            return null;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == NotFound)
        {
            return exception.ShutdownReason.ReplyText;
        }
    }

    private static IEnumerable<string> NamesOf(QueueDefinition queue) =>
        [.. queue.WorkQueues, .. queue.SupportQueues, .. queue.RetryQueues, queue.DeadLetterQueue];

    private async Task ReplaceOrKeepAsync(IConnection connection, string name, string argument, string? existing, CancellationToken cancellationToken)
    {
        var queue = topology.Queues.FirstOrDefault(queue => queue.WorkQueues.Contains(name, StringComparer.Ordinal));
        if (queue is not null && topology.TypeOf(queue) == QueueType.Classic && await TryDeleteAsync(connection, name, cancellationToken).ConfigureAwait(false))
        {
            foreach (var kept in _kept.Keys.Where(kept => string.Equals(kept.Queue, name, StringComparison.Ordinal)))
            {
                _kept.TryRemove(kept, out _);
            }

            return;
        }

        var isNew = !_kept.ContainsKey((name, argument));
        _kept[(name, argument)] = existing is null or "none" ? null
            : long.TryParse(existing, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : existing;
        if (isNew && logger is not null)
        {
            Log.QueueKept(logger, name, argument, existing ?? "none", $"^{Regex.Escape(name)}$", QueueArguments.PolicyFor(argument, queue?.Limits));
        }
    }

    // Quorum queues know neither condition: the broker would close the connection.
    private static async Task<bool> TryDeleteAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            await channel.QueueDeleteAsync(queue, ifUnused: true, ifEmpty: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            return false;
        }
    }

    private async Task DeclareAllAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var exchange in (string[])[topology.CommandExchange, topology.EventExchange, topology.ReplyExchange])
            {
                await channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            }

            foreach (var queue in topology.Queues)
            {
                await DeclareAsync(channel, queue, BrokerVersion.Of(connection), cancellationToken).ConfigureAwait(false);
            }

            await DelayTopology.DeclareAsync(channel, topology, cancellationToken).ConfigureAwait(false);
            // The broker works off a channel in order: its answer to the last means that all before were done, or else it has closed the channel.
            await channel.ExchangeDeclareAsync(topology.DeclaredMarker, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
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
            var arguments = queue.IsPartitioned ? QueueArguments.ForPartition(topology.TypeOf(queue), broker) : QueueArguments.ForWork(topology.TypeOf(queue), broker);
            if (queue.IsPartitioned || string.Equals(lane, queue.Name, StringComparison.Ordinal))
            {
                QueueArguments.WithLimits(arguments, queue.Limits);
            }

            foreach (var ((_, argument), value) in _kept.Where(kept => string.Equals(kept.Key.Queue, lane, StringComparison.Ordinal)))
            {
                arguments.Remove(argument);
                if (value is not null)
                {
                    arguments[argument] = value;
                }
            }

            // With an answer: it may exist with other limits, and what is sent behind a declaration that is refused would end the connection.
            await DeclareAsync(channel, lane, arguments, cancellationToken, noWait: false).ConfigureAwait(false);
        }

        if (queue.IsPartitioned)
        {
            // What comes from a sender that knows no more than the name.
            await channel.QueueBindAsync(queue.PartitionQueue(0), topology.CommandExchange, queue.Name, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        foreach (var support in queue.SupportQueues)
        {
            await DeclareAsync(channel, support, QueueArguments.ForSupport(), cancellationToken).ConfigureAwait(false);
        }

        foreach (var pattern in queue.EventPatterns)
        {
            await channel.QueueBindAsync(queue.Name, topology.EventExchange, pattern, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        foreach (var retry in queue.RetryQueues)
        {
            await DeclareAsync(channel, retry, QueueArguments.ForRetry(topology, queue), cancellationToken).ConfigureAwait(false);
        }

        await DeclareAsync(channel, queue.DeadLetterQueue, QueueArguments.ForDeadLetters(topology.TypeOf(queue)), cancellationToken).ConfigureAwait(false);
    }

    // Every queue is bound under its own name: a publish through a named exchange shows up by that name in traces, one through
    // the default exchange does not.
    private async Task DeclareAsync(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken, bool noWait = true)
    {
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, noWait: noWait, cancellationToken: cancellationToken).ConfigureAwait(false);
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
