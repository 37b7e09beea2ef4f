using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Messaging.Connections;

/// <summary>
/// One connection to the broker that is always being restored. The client's own recovery is off: it covers neither the first
/// connect nor closed channels, and it can come back with a consumer silently missing. Here there is one way: what uses the
/// connection takes the present one, and starts again when it ends.
/// </summary>
internal sealed class BrokerConnection : BackgroundService
{
    private readonly IConnectionFactory _factory;
    private readonly TopologyDeclarer _topology;
    private readonly string _name;
    private readonly ILogger _logger;
    private readonly FirstAttempt _firstAttempt = new();
    private volatile TaskCompletionSource<IConnection> _connected = NewSignal();

    public BrokerConnection(IConnectionFactory factory, TopologyDeclarer topology, string name, ILogger<BrokerConnection> logger)
    {
        _factory = factory;
        _topology = topology;
        _name = name;
        _logger = logger;
        if (factory is ConnectionFactory settings)
        {
            settings.AutomaticRecoveryEnabled = false;
            settings.TopologyRecoveryEnabled = false;
            // A dead broker is noticed after two missed beats; the default of 60 s makes that two minutes.
            settings.RequestedHeartbeat = TimeSpan.FromSeconds(10);
        }
    }

    /// <summary>Why the broker accepts no publishes at present (memory or disk alarm), or <see langword="null"/>.</summary>
    public string? BlockedReason { get; private set; }

    /// <summary>Why there was no connection the last time it was tried, or what it waits for; or <see langword="null"/>.</summary>
    public string? LastError
    {
        get => _topology.Missing is { } missing ? $"the topology is not declared yet: {missing}" : field;
        private set;
    }

    /// <summary>The open connection, or <see langword="null"/> while there is none.</summary>
    public IConnection? Current =>
        _connected.Task is { IsCompletedSuccessfully: true, Result: { IsOpen: true } connection } ? connection : null;

    /// <summary>The open connection, at once.</summary>
    /// <exception cref="BrokerUnavailableException">There is none.</exception>
    public IConnection Require() =>
        Current ?? throw new BrokerUnavailableException($"There is no {_name} connection to the broker ({LastError ?? "not connected yet"}). It restores itself; try again soon.");

    /// <summary>The open connection, waiting for it if need be.</summary>
    public async Task<IConnection> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await _connected.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (connection.IsOpen)
            {
                return connection;
            }

            // Closed, and the loop below has not noticed yet.
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        await _firstAttempt.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await ConnectAsync(stoppingToken).ConfigureAwait(false);
                delay.Reset();
                await UseAsync(connection, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever keeps us from connecting, the remedy is to try again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // The engine's own sentence says what to do; the client's wraps the one that says what happened.
                LastError = exception is MessagingException ? exception.Message : exception.InnerException?.Message ?? exception.Message;
                Log.ConnectFailed(_logger, _name, LastError);
                _firstAttempt.Made();
            }

            await delay.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = await _factory.CreateConnectionAsync($"{AppDomain.CurrentDomain.FriendlyName} {_name}", cancellationToken).ConfigureAwait(false);
        try
        {
            await _topology.DeclareAsync(connection, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task UseAsync(IConnection connection, CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource<ShutdownEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            ended.TrySetResult(reason);
            return Task.CompletedTask;
        };
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            BlockedReason = blocked.Reason;
            Log.ConnectionBlocked(_logger, _name, blocked.Reason);
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            BlockedReason = null;
            Log.ConnectionUnblocked(_logger, _name);
            return Task.CompletedTask;
        };

        // It may have closed before the handler above was there to hear of it.
        if (!connection.IsOpen)
        {
            throw new BrokerUnavailableException("The broker closed the connection at once.");
        }

        LastError = null;
        _connected.TrySetResult(connection);
        _firstAttempt.Made();
        Log.Connected(_logger, _name, connection.Endpoint.ToString());
        try
        {
            var reason = await ended.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
            LastError = reason.ReplyText;
            Log.ConnectionLost(_logger, _name, reason.ReplyText);
        }
        finally
        {
            BlockedReason = null;
            _connected = NewSignal();
        }
    }

    private static TaskCompletionSource<IConnection> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// The two connections of a process. The broker blocks connections that publish when it runs out of memory or disk; consumers
/// must go on then, so that the queues get shorter.
/// </summary>
internal sealed record BrokerConnections(BrokerConnection Publish, BrokerConnection Consume);
