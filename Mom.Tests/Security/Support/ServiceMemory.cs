using System.Diagnostics;
using Mom.Testing;

namespace Mom.Tests.Security;

/// <summary>The resident memory of services before and after a fuzzer: what a request or message leaves behind for ever adds up.</summary>
internal sealed class ServiceMemory
{
    /// <summary>The growth that is no leak, in MiB: code that is compiled at its first call, buffers and the heap's spare room. A minute of 30,000 requests exceeds it with 4 KiB left of each.</summary>
    private const int MostGrowth = 128;

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
