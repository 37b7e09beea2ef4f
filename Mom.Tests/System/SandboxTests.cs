using System.Diagnostics;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class SandboxTests(MomStack stack)
{
    private static readonly string Sandbox = Path.Combine(Repository.Root, "sandbox");

    public static TheoryData<string> Experiments =>
        [.. Directory.EnumerateFiles(Sandbox, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public async Task Every_experiment_runs_to_its_end(string file)
    {
        var system = await stack.SystemAsync();
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine(Sandbox, file)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__rabbitmq"] = system.Connections.RabbitMq;
        // No compiler may stay behind that holds on to the output.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using var experiment = Process.Start(start)!;
        var output = experiment.StandardOutput.ReadToEndAsync();
        var errors = experiment.StandardError.ReadToEndAsync();
        await experiment.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token);

        Assert.True(experiment.ExitCode == 0, $"{file} should end well, and ended with {experiment.ExitCode}:\n{await output}{await errors}");
        Assert.NotEmpty(await output);
        Assert.Empty(await errors);
    }
}
