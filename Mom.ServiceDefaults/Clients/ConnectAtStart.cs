using Microsoft.Extensions.Hosting;

namespace Mom.ServiceDefaults.Clients;

/// <summary>Resolves a connection when the host starts, for a service that asked for it with <c>DisableAutoActivation = false</c>.</summary>
internal sealed class ConnectAtStart(Func<object> resolve) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(resolve, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
