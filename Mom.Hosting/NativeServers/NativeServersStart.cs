using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Mom.Hosting.NativeServers;

/// <summary>Before anything starts: are the programs there, are the data directories ours alone, and is nothing left of a run that was killed?</summary>
internal sealed partial class NativeServersStart(ILogger<NativeServersStart> logger) : IDistributedApplicationEventingSubscriber, IDisposable
{
    private readonly List<DataDirectoryLock> _locks = [];

    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (executionContext.IsRunMode)
            eventing.Subscribe<BeforeStartEvent>((start, cancellation) => CheckAsync([.. start.Model.Resources.OfType<NativeServerResource>()], cancellation));
        return Task.CompletedTask;
    }

    // A lock belongs to the whole run: what holds it is this object, which the container of services disposes with the application.
    public void Dispose() => _locks.ForEach(one => one.Dispose());

    private async Task CheckAsync(IReadOnlyList<NativeServerResource> servers, CancellationToken cancellationToken)
    {
        if (servers.Count > 0 && OperatingSystem.IsWindows())
            throw new DistributedApplicationException("Native servers run on Linux and macOS. On Windows take containers (Docker or Podman), or WSL.");

        var missing = servers.SelectMany(server => server.Programs).Where(program => program.Path is null).DistinctBy(program => program.Name, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new DistributedApplicationException(InstalledProgram.Explain(missing));

        foreach (var server in servers)
        {
            _locks.Add(DataDirectoryLock.Take(server));
            var ended = await Leftovers.EndAsync(server, cancellationToken);
            if (ended > 0)
                LogLeftovers(logger, server.Name, ended);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Server}: {Count} processes were left of a run that had been killed; they have been stopped.")]
    private static partial void LogLeftovers(ILogger logger, string server, int count);
}
