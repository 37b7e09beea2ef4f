using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.Tests.Support;

[assembly: AssemblyFixture(typeof(MomStack))]
// One after another: some tests kill services of the one stack that all of them use.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Mom.Tests.Support;

/// <summary>
/// The whole system on ports and data of its own, once for all tests of a run that ask for it. It does not touch one that
/// <c>./mom up</c> runs beside it.
/// </summary>
public sealed class MomStack : IAsyncDisposable
{
    private readonly Lazy<Task<LocalSystem>> _system = new(StartAsync);

    /// <summary>The running system; starts it at the first call.</summary>
    public Task<LocalSystem> SystemAsync() => _system.Value;

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated)
        {
            await (await _system.Value).DisposeAsync();
        }
    }

    private static async Task<LocalSystem> StartAsync()
    {
        var system = new LocalSystem(new LocalSystemOptions
        {
            StateDirectory = Path.Combine(Repository.Root, ".mom", "tests"),
            Ports = PortMap.Free(),
            WithDashboard = true,
            ExtraEnvironment = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
            {
                // Long enough to see a job on its way, short enough not to wait for it.
                [ResourceNames.MathService] = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Math__Delay__Minimum"] = "00:00:00.1",
                    ["Math__Delay__Maximum"] = "00:00:00.5",
                },
                [ResourceNames.DbWorker] = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    // What was lost is found while a test waits for it.
                    ["Jobs__Reconcile__Period"] = "00:00:01",
                    ["Jobs__Reconcile__WhenQueuesAreEmpty"] = "00:00:04",
                },
            },
        });
        try
        {
            await system.StartAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }
}
