using System.ComponentModel;
using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Hosting.NativeServers.Processes;
using Mom.Testing;
using Mom.Tests.Support;
using Mom.Tests.TelemetryTests;

namespace Mom.Tests.AspireTests.Running;

/// <summary>The same system on containers, where a container runtime answers.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own"), Trait("Lane", "faults")]
public sealed class ContainerTests
{
    private static readonly string? Runtime = Array.Find(["docker", "podman"], runtime => Answer(runtime, "info") is not null);

    private readonly string _volumes = $"mom-test-{Guid.NewGuid():N}";

    // Without a prefix they would be the developer's own.
    private string OwnVolumes => $"--Volumes:Prefix={_volumes}";

    [Fact]
    public async Task Health_flow_trace_freeze_and_data_after_a_restart()
    {
        SkipWithoutRuntime();
        var options = new SystemOptions { Name = "tests-containers", Servers = "container", WithDashboard = true, Settings = [OwnVolumes] };
        try
        {
            Guid id;
            string email;
            await using (var first = await RunningSystem.StartAsync(options, TestContext.Current.CancellationToken))
            {
                using var user = await ApiUser.RegisterAsync(first.Api);
                using var telemetry = await Telemetry.OfAsync(first);
                var job = await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);
                Assert.Equal(JobStatus.Succeeded, job.Status);
                await JobTrace.WholeAsync(telemetry, job.TraceId);

                var frozen = await first.CommandAsync("rabbitmq", "break", ("seconds", "1"));
                Assert.True(frozen.Success, frozen.Message);
                Assert.Equal(JobStatus.Succeeded, (await ApiUser.RunJobAsync(first.Api)).Status);
                (id, email) = (job.Id, user.Email);
            }

            await using var second = await RunningSystem.StartAsync(options, TestContext.Current.CancellationToken);
            using var again = await ApiUser.LoginAsync(second.Api, email);
            Assert.Equal(JobStatus.Succeeded, (await again.DoneAsync(id)).Status);
        }
        finally
        {
            RemoveVolumes();
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Nothing_is_left_running(string signal)
    {
        SkipWithoutRuntime();
        using var data = new TemporaryDirectory();
        var before = Containers();
        using var appHost = new StartedAppHost("container", data.Path, "--ServersOnly=true", OwnVolumes);
        await appHost.UntilItSaysAsync("resources are healthy");
        var ours = Containers().Except(before, StringComparer.Ordinal).ToList();
        Assert.Equal(3, ours.Count);

        appHost.Send(signal switch { "INT" => Signal.Interrupt, "TERM" => Signal.Terminate, _ => Signal.Kill });
        await appHost.EndAsync();

        await Eventually.TrueAsync(
            () => Task.FromResult(!Containers().Intersect(ours, StringComparer.Ordinal).Any()),
            () => $"no container should be left of {string.Join(", ", ours)}");
        RemoveVolumes();
    }

    private static void SkipWithoutRuntime() => Assert.SkipWhen(Runtime is null, "There is no container runtime: neither docker nor podman answers.");

    private void RemoveVolumes()
    {
        foreach (var server in (string[])["rabbitmq", "postgres", "redis"])
            Answer(Runtime!, "volume", "rm", "--force", $"{_volumes}-{server}-data");
    }

    private static string[] Containers() => Answer(Runtime!, "ps", "--quiet", "--no-trunc")!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? Answer(string runtime, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
