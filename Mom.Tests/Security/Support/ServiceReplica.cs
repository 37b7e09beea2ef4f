using System.Collections.Concurrent;
using System.Diagnostics;
using Mom.Hosting.Ports;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>One more process of a service that runs, with the same settings but for some: another replica of it, or one that is set otherwise.</summary>
internal sealed class ServiceReplica : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ServiceReplica(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>What it has written so far.</summary>
    public IEnumerable<string> Log => _log;

    /// <param name="system">Where the service runs.</param>
    /// <param name="service">Its name.</param>
    /// <param name="without">Settings that it does not get, by the beginnings of their names: it has its defaults there.</param>
    /// <param name="settings">Settings that it gets beside those or in place of them.</param>
    public static async Task<ServiceReplica> StartAsync(RunningSystem system, string service, IReadOnlyList<string>? without = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = system.ProcessesOf(service)[0];
        var command = Split(await File.ReadAllTextAsync($"/proc/{process}/cmdline"));
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Repository.Root };
        command.Skip(1).ToList().ForEach(start.ArgumentList.Add);
        start.Environment.Clear();
        foreach (var variable in Split(await File.ReadAllTextAsync($"/proc/{process}/environ")).Select(text => text.Split('=', 2)))
        {
            if (without is null || !without.Any(beginning => variable[0].StartsWith(beginning, StringComparison.Ordinal)))
            {
                start.Environment[variable[0]] = variable[1];
            }
        }

        var address = $"http://127.0.0.1:{FreePorts.Take(1)[0]}";
        start.Environment["ASPNETCORE_URLS"] = address;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var replica = new ServiceReplica(Process.Start(start)!, address);
        replica.Listen();
        await replica.HealthyAsync(service);
        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task HealthyAsync(string service)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException) when (!_process.HasExited)
                {
                    return false;
                }
            },
            () => $"another {service} should be healthy; it wrote:\n{string.Join('\n', _log)}");
    }

    private static string[] Split(string text) => text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
