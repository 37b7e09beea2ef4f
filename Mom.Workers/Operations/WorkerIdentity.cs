using System.Reflection;

namespace Mom.Workers.Operations;

/// <summary>Who this process is among the workers.</summary>
internal sealed class WorkerIdentity(IConfiguration configuration, TimeProvider time)
{
    /// <summary>As the host calls the service; all replicas share it.</summary>
    public string Service { get; } = configuration["OTEL_SERVICE_NAME"] ?? AppDomain.CurrentDomain.FriendlyName;

    public IReadOnlyList<string> Roles { get; } = WorkerRoles.From(configuration).Names;

    /// <summary>Of the program, without the commit that the SDK adds after a plus sign.</summary>
    public string? Version { get; } =
        typeof(WorkerIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Different for each process, also after a restart with the same process id.</summary>
    public string Instance { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
}
