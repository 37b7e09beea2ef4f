using Mom.Testing;
using Mom.Tests.Support;

[assembly: AssemblyFixture(typeof(MomStack))]
// One after another: some tests kill services of the one stack that all of them use.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Mom.Tests.Support;

/// <summary>
/// The whole system as the AppHost runs it, with the dashboard, once for all tests of a process that use it. It does not touch one that
/// <c>./mom up</c> runs beside it.
/// </summary>
public sealed class MomStack : IAsyncDisposable
{
    /// <summary>As many connections as one user may have to the socket.</summary>
    public const int ConnectionsPerUser = 10;

    private readonly Lazy<Task<RunningSystem>> _system = new(() => RunningSystem.StartAsync(Options));

    /// <summary>The running system; starts it at the first call.</summary>
    public Task<RunningSystem> SystemAsync() => _system.Value;

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated)
        {
            await (await _system.Value).DisposeAsync();
        }
    }

    private static SystemOptions Options => new()
    {
        // Two lanes of `./mom test` have one each.
        Name = Environment.GetEnvironmentVariable("MOM_TEST_LANE") is { Length: > 0 } lane ? $"tests-lane-{lane}" : "tests",
        WithDashboard = true,
        Environment = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            // Long enough to see a job on its way, short enough not to wait for it.
            [ResourceNames.MathService] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Math__Delay__Minimum"] = "00:00:00.1",
                ["Math__Delay__Maximum"] = "00:00:00.5",
            },
            [ResourceNames.Socket] = new Dictionary<string, string>(StringComparer.Ordinal) { ["Socket__ConnectionsPerUser"] = $"{ConnectionsPerUser}" },
            [ResourceNames.DbWorker] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // What was lost is found while a test waits for it.
                ["Jobs__Reconcile__Period"] = "00:00:01",
                ["Jobs__Reconcile__WhenQueuesAreEmpty"] = "00:00:04",
            },
        },
    };
}
