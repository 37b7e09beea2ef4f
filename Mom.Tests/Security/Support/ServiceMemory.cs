using System.Diagnostics;
using Mom.Testing;

namespace Mom.Tests.Security;

/// <summary>The resident memory of services before and after a fuzzer: what a request or message leaves behind for ever adds up.</summary>
internal sealed class ServiceMemory
{
    /// <summary>
    /// The growth that is no leak, in MiB. The runtime keeps what its heap has once needed: after 6,000 messages of a fuzzer, each stored as a dead letter,
    /// replayed and discarded, the db worker had 217 MiB more than before, of which 5 MiB were live. It is exceeded within a minute when 64 KiB stay of each message.
    /// </summary>
    private const int MostGrowth = 384;

    private readonly RunningSystem _system;
    private readonly Dictionary<string, long> _before;

    public ServiceMemory(RunningSystem system, params IEnumerable<string> services)
    {
        _system = system;
        _before = services.ToDictionary(service => service, ResidentMebibytes, StringComparer.Ordinal);
    }

    /// <summary>Writes the figures into the output of the test, and fails when a service has grown by more than <see cref="MostGrowth"/>.</summary>
    public void AssertBack()
    {
        foreach (var (service, before) in _before)
        {
            var after = ResidentMebibytes(service);
            var figures = $"{service}: {before} MiB resident before, {after} MiB after";
            Console.WriteLine($"    {figures}");
            TestContext.Current.TestOutputHelper?.WriteLine(figures);
            Assert.True(after <= before + MostGrowth, $"{figures}: more than {MostGrowth} MiB of growth.");
        }
    }

    private long ResidentMebibytes(string service) => _system.ProcessesOf(service).Sum(id =>
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }) / (1024 * 1024);
}
