using System.Globalization;

namespace Mom.Testing;

/// <summary>One process, replica or container of a resource.</summary>
/// <param name="Id">As commands know it.</param>
/// <param name="Snapshot">What the orchestrator last said of it.</param>
internal sealed record Instance(string Id, CustomResourceSnapshot Snapshot)
{
    public int? Pid => Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } pid
        ? Convert.ToInt32(pid, CultureInfo.InvariantCulture)
        : null;

    public string? State => Snapshot.State?.Text;

    public bool IsRunning => State == KnownResourceStates.Running;

    // "Unknown" is what it is called when it did not end within the six seconds of a stop and was killed; Aspire too takes it for stopped.
    public bool HasEnded => State == "Unknown" || KnownResourceStates.TerminalStates.Contains(State, StringComparer.Ordinal);

    /// <summary>Where this very process is asked, past the proxy that stands before all replicas; <see langword="null"/> when it answers no HTTP.</summary>
    public Uri? Address => Snapshot.EnvironmentVariables.FirstOrDefault(variable => variable.Name == "ASPNETCORE_URLS")?.Value is { Length: > 0 } urls
        ? new Uri(urls.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal))
        : null;
}
