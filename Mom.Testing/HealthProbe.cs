using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Hosting.NativeServers;

namespace Mom.Testing;

/// <summary>Asks now whether something is healthy. What the orchestrator shows can be half a minute old.</summary>
internal sealed class HealthProbe(DistributedApplication application) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { Timeout = Patience };

    /// <returns>What is wrong; <see langword="null"/> when it is healthy.</returns>
    public async Task<string?> WhatIsWrongAsync(IResource resource, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        if (resource is NativeServerResource { Processes.Count: 0 })
            return "it does not run";
        if (resource is not ProjectResource)
            return await ChecksAsync(resource, cancellationToken);

        if (instances.FirstOrDefault(instance => !instance.IsRunning || instance.Pid is not { } pid || !ProcessTable.IsAlive(pid)) is { } ended)
            return $"{ended.Id} is {ended.State}";
        foreach (var instance in instances)
        {
            if (instance.Address is { } address && await AnswerAsync(new Uri(address, "/health"), cancellationToken) is { } wrong)
                return $"{instance.Id} {wrong}";
        }

        return instances.Count == 0 ? "it has not been started" : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> ChecksAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet(StringComparer.Ordinal);
        try
        {
            var report = await application.Services.GetRequiredService<HealthCheckService>()
                .CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken)
                // Who is frozen does not answer, and not every client gives up when it is told to.
                .WaitAsync(Patience, cancellationToken);
            return report.Status == HealthStatus.Healthy
                ? null
                : string.Join("; ", report.Entries.Values.Select(entry => entry.Exception?.Message ?? entry.Description ?? $"it is {entry.Status}"));
        }
        catch (TimeoutException)
        {
            return "it does not answer";
        }
    }

    private async Task<string?> AnswerAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(address, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK ? null : $"answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"does not answer: {exception.Message}";
        }
    }
}
