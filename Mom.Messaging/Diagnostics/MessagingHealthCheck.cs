using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming;

namespace Mom.Messaging.Diagnostics;

/// <summary>
/// Ready when both connections answer, publishing is not blocked, and every queue of this process is consumed or paused. A connection is
/// only handed out with the topology declared, so that is part of it.
/// </summary>
internal sealed class MessagingHealthCheck(BrokerConnections connections, IEnumerable<QueueConsumer> consumers) : IHealthCheck
{
    // A broker that hangs keeps its connections open until two heartbeats are missed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(
            TroubleAsync(connections.Publish, "publishing", cancellationToken),
            TroubleAsync(connections.Consume, "consuming", cancellationToken)).ConfigureAwait(false);
        var troubles = answers.OfType<string>().Concat(OtherTroubles()).ToList();
        return troubles.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", troubles));
    }

    private static async Task<string?> TroubleAsync(BrokerConnection connection, string purpose, CancellationToken cancellationToken)
    {
        if (connection.Current is not { } current)
        {
            return $"no connection for {purpose} ({connection.LastError ?? "not connected yet"})";
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var channel = await current.CreateChannelAsync(cancellationToken: patience.Token).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever keeps a channel from opening, the connection is of no use now.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return $"the connection for {purpose} does not answer ({exception.Message})";
        }
    }

    private IEnumerable<string> OtherTroubles()
    {
        if (connections.Publish.BlockedReason is { } reason)
        {
            yield return $"the broker blocks publishers ({reason})";
        }

        foreach (var consumer in consumers.Where(consumer => consumer.Status.State == ConsumerState.Reconnecting))
        {
            yield return $"{consumer.Queue} is not consumed ({consumer.Trouble ?? "not started yet"})";
        }
    }
}
