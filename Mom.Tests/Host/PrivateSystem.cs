using Mom.LocalHost;
using Mom.LocalHost.Ports;

namespace Mom.Tests.Host;

/// <summary>A system of a few cheap parts on ports and data of its own. At its disposal no process may be left.</summary>
internal sealed class PrivateSystem : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mom-host").FullName;

    public PrivateSystem(string[] only, Func<LocalSystemOptions, LocalSystemOptions>? with = null)
    {
        var options = new LocalSystemOptions { StateDirectory = _directory, Ports = PortMap.Free(), Only = only };
        Options = with?.Invoke(options) ?? options;
        System = new LocalSystem(Options);
    }

    public LocalSystemOptions Options { get; }

    public LocalSystem System { get; }

    /// <summary>Processes that came from this system and live: those that carry its mark, are in its records, or hold its ports.</summary>
    public IReadOnlySet<int> Pids => LivingProcesses.Of(_directory, Options.Ports);

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        Assert.Empty(Pids);
        Directory.Delete(_directory, recursive: true);
    }
}
