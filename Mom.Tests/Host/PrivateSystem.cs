using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;

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

    /// <summary>The living processes that came from this system.</summary>
    public IReadOnlySet<int> Pids => new Mark(_directory, Unit: null).Pids();

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        Assert.Empty(Pids);
        Directory.Delete(_directory, recursive: true);
    }
}
