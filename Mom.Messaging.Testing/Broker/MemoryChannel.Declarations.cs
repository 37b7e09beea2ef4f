using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Testing.Broker;

internal sealed partial class MemoryChannel
{
    public Task ExchangeDeclareAsync(
        string exchange, string type, bool durable, bool autoDelete, IDictionary<string, object?>? arguments = null, bool passive = false, bool noWait = false, CancellationToken cancellationToken = default) =>
        passive ? ExchangeDeclarePassiveAsync(exchange, cancellationToken) : AskAsync(() => _broker.DeclareExchange(exchange, type, Copy(arguments)));

    public Task ExchangeDeclarePassiveAsync(string exchange, CancellationToken cancellationToken = default) => AskAsync(() => _broker.LookForExchange(exchange));

    public Task ExchangeDeleteAsync(string exchange, bool ifUnused = false, bool noWait = false, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.DeleteExchange(exchange));

    public Task ExchangeBindAsync(
        string destination, string source, string routingKey, IDictionary<string, object?>? arguments = null, bool noWait = false, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.Bind(source, routingKey, destination, isQueue: false));

    public Task ExchangeUnbindAsync(
        string destination, string source, string routingKey, IDictionary<string, object?>? arguments = null, bool noWait = false, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.Bind(source, routingKey, destination, isQueue: false, bound: false));

    public Task<QueueDeclareOk> QueueDeclareAsync(
        string queue, bool durable, bool exclusive, bool autoDelete, IDictionary<string, object?>? arguments = null, bool passive = false, bool noWait = false, CancellationToken cancellationToken = default)
    {
        if (passive)
        {
            return QueueDeclarePassiveAsync(queue, cancellationToken);
        }

        CurrentQueue = queue.Length > 0 ? queue : $"amq.gen-{Guid.NewGuid():N}";
        var settings = new QueueSettings(durable, autoDelete, exclusive ? _connection : null, Copy(arguments));
        return AskAsync(() => _broker.DeclareQueue(CurrentQueue, settings));
    }

    public Task<QueueDeclareOk> QueueDeclarePassiveAsync(string queue, CancellationToken cancellationToken = default) => AskAsync(() => _broker.LookForQueue(queue));

    public Task<uint> QueueDeleteAsync(string queue, bool ifUnused, bool ifEmpty, bool noWait = false, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.DeleteQueue(queue, ifUnused, ifEmpty));

    public Task<uint> QueuePurgeAsync(string queue, CancellationToken cancellationToken = default) => AskAsync(() => _broker.Purge(queue));

    public Task QueueBindAsync(
        string queue, string exchange, string routingKey, IDictionary<string, object?>? arguments = null, bool noWait = false, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.Bind(exchange, routingKey, queue, isQueue: true));

    public Task QueueUnbindAsync(string queue, string exchange, string routingKey, IDictionary<string, object?>? arguments = null, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.Bind(exchange, routingKey, queue, isQueue: true, bound: false));

    public async Task<uint> MessageCountAsync(string queue, CancellationToken cancellationToken = default) =>
        (await QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false)).MessageCount;

    public async Task<uint> ConsumerCountAsync(string queue, CancellationToken cancellationToken = default) =>
        (await QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false)).ConsumerCount;

    public Task TxSelectAsync(CancellationToken cancellationToken = default) => throw NoTransactions();

    public Task TxCommitAsync(CancellationToken cancellationToken = default) => throw NoTransactions();

    public Task TxRollbackAsync(CancellationToken cancellationToken = default) => throw NoTransactions();

    private static NotSupportedException NoTransactions() => new("The broker of the test harness has no transactions of AMQP. Publisher confirms are the engine's way.");

    private static Dictionary<string, object?> Copy(IDictionary<string, object?>? arguments) => arguments is null
        ? new Dictionary<string, object?>(StringComparer.Ordinal)
        : new Dictionary<string, object?>(arguments, StringComparer.Ordinal);

    private Task<bool> AskAsync(Action ask) => AskAsync(() =>
    {
        ask();
        return true;
    });

    private async Task<T> AskAsync<T>(Func<T> ask)
    {
        RequireOpen();
        try
        {
            return ask();
        }
        catch (RefusedByBrokerException refused)
        {
            throw new OperationInterruptedException(await CloseForAsync(refused).ConfigureAwait(false));
        }
    }
}
