using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Inbox;
using Mom.Messaging.Outbox;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

namespace Mom.Messaging;

/// <summary>
/// The first of the engine's services to start: whatever cannot work is refused here, before there is a connection, and not by an exception in
/// some loop later. <c>Channels = 0</c> would be a division by zero at the first publish.
/// </summary>
internal sealed class MessagingStart(IServiceProvider services, BrokerTopology topology, IEnumerable<ConsumerRegistration> consumers, IEnumerable<RegisteredHandler> handlers) : IHostedService
{
    // A short string of AMQP, less the longest of our endings.
    private const int LongestName = 255 - 20;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The topology or the consumers contradict themselves.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<PublisherOptions>().Checked();
        services.GetService<OutboxOptions>()?.Checked();
        services.GetService<InboxOptions>()?.Checked();
        Check(topology);
        if (consumers.FirstOrDefault(consumer => consumer.Handlers.Count == 0) is { } idle)
        {
            throw new InvalidOperationException($"The consumer of '{idle.Queue.Name}' has no handlers: every message would become a dead letter. Add them, or remove AddConsumer.");
        }

        // Without an inbox each of its messages would fail.
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IInbox)) == false && handlers.FirstOrDefault(IsTransactional) is { } transactional)
        {
            throw new InvalidOperationException(
                $"{transactional.Handler.Name} answers '{transactional.Message.Name}' in a unit of work, and there is none. Add one, as AddPostgres of Mom.Messaging.EntityFrameworkCore does.");
        }

        return Task.CompletedTask;
    }

    private static bool IsTransactional(RegisteredHandler registered) => registered.Handler.GetInterfaces()
        .Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(ITransactionalRequestHandler<,>) && each.GenericTypeArguments[0] == registered.Message);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check(BrokerTopology topology)
    {
        var names = topology.Queues.SelectMany(queue => (string[])[.. queue.WorkQueues, .. queue.SupportQueues, queue.DeadLetterQueue, .. queue.IsPartitioned ? [queue.Name] : Array.Empty<string>()]).ToList();
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new InvalidOperationException($"The topology has two queues '{twice.Key}'. Give one another name.");
        }

        foreach (var queue in topology.Queues)
        {
            OptionsCheck.InRange(queue.Name.Length, 1, LongestName, $"The length of the name of queue '{queue.Name}'");
            if (queue.Name.Split('.').Any(word => word is "*" or "#"))
            {
                throw new InvalidOperationException($"The queue '{queue.Name}' would take the messages of others: in a topic exchange the words * and # of its name stand for any. Give it another name.");
            }

            OptionsCheck.InRange(queue.Partitions, 0, Partition.Most, $"Partitions of '{queue.Name}'");
            if (queue.IsPartitioned)
            {
                CheckPartitioned(queue);
            }

            foreach (var delay in queue.RetryDelays)
            {
                OptionsCheck.IsWait(delay, option: $"A RetryDelay of '{queue.Name}'");
            }
        }
    }

    private static void CheckPartitioned(QueueDefinition queue)
    {
        ConsumerRegistration.CheckDelays(queue, queue.RetryDelays);
        if (queue.UrgentLane)
        {
            throw new InvalidOperationException($"'{queue.Name}' has partitions and an urgent lane: a request would go before the messages of its key. Give the requests a queue of their own.");
        }

        if (queue.EventPatterns.Count > 0)
        {
            throw new InvalidOperationException($"'{queue.Name}' has partitions and subscribes to events, whose topics do not say to which partition they go. Handle them on a queue of their own, and send on what must be in order.");
        }
    }
}
