using System.Text.Json;
using Mom.LocalHost.Processes;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class HostKilledTests
{
    [Fact]
    public async Task A_killed_host_leaves_nothing_that_the_next_does_not_clean_up()
    {
        await using var program = new HostProgram();
        var (exitCode, output) = await program.RunAsync("up", "--data-only", "--detach");
        Assert.True(exitCode == 0, output);
        var (_, before) = await program.RunAsync("status", "--json");
        var host = JsonDocument.Parse(before).RootElement.GetProperty("pid").GetInt32();

        Signal.Kill.Send(host);
        var orphans = program.Pids;
        Assert.NotEmpty(orphans);

        (exitCode, output) = await program.RunAsync("up", "--data-only", "--detach");
        Assert.True(exitCode == 0, output);
        Assert.Contains("that a killed host had left behind", output, StringComparison.Ordinal);
        Assert.Empty(orphans.Intersect(program.Pids));
        var (healthy, after) = await program.RunAsync("status", "--json");
        Assert.Equal(0, healthy);
        Assert.All(
            JsonDocument.Parse(after).RootElement.GetProperty("resources").EnumerateArray(),
            resource => Assert.Equal("healthy", resource.GetProperty("state").GetString()));

        (exitCode, output) = await program.RunAsync("down");
        Assert.True(exitCode == 0, output);
        Assert.Empty(program.Pids);
        Assert.Equal(3, (await program.RunAsync("status")).ExitCode);
    }

    [Theory]
    [InlineData("SIGINT")]
    [InlineData("SIGTERM")]
    public async Task Ctrl_C_and_SIGTERM_stop_everything(string signal)
    {
        await using var program = new HostProgram();
        using var host = program.Start("up", "--only", "redis,math-service", "--no-dashboard");
        while (await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("Math service", StringComparison.Ordinal))
                break;
        }

        Assert.False(host.HasExited, "The host shall run until it gets a signal.");
        Assert.True(program.Pids.Count >= 2, "Both shall be running.");
        (signal == "SIGINT" ? Signal.Interrupt : Signal.Terminate).Send(host.Id);
        var rest = await host.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await host.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal(0, host.ExitCode);
        Assert.Contains("redis: stopped", rest, StringComparison.Ordinal);
        Assert.Contains("math-service: stopped", rest, StringComparison.Ordinal);
        Assert.Empty(program.Pids);
    }
}
