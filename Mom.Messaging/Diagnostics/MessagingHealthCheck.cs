using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming;

namespace Mom.Messaging.Diagnostics;

/// <summary>Ready when both connections are open, publishing is not blocked, and every queue of this process is consumed or paused.</summary>
internal sealed class MessagingHealthCheck(BrokerConnections connections, IEnumerable<QueueConsumer> consumers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var troubles = Troubles().ToList();
        return Task.FromResult(troubles.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", troubles)));
    }

    private IEnumerable<string> Troubles()
    {
        if (connections.Publish.Current is null)
        {
            yield return "no connection to publish by";
        }

        if (connections.Consume.Current is null)
        {
            yield return "no connection to consume by";
        }

        if (connections.Publish.BlockedReason is { } reason)
        {
            yield return $"the broker blocks publishers ({reason})";
        }

        foreach (var consumer in consumers.Where(consumer => consumer.Status.State == ConsumerState.Reconnecting))
        {
            yield return $"{consumer.Queue} is not consumed";
        }
    }
}
