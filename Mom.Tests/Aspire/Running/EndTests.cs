using Mom.Hosting.NativeServers.Processes;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests.Running;

/// <summary>However the AppHost ends, nothing that it has started is left running.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own")]
public sealed class EndTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Nothing_is_left_running(string signal)
    {
        using var data = new TemporaryDirectory();
        using var appHost = new StartedAppHost("native", data.Path, "--ServersOnly=true");
        await appHost.UntilItSaysAsync("resources are healthy");
        Assert.NotEmpty(WorkingDirectories.ProcessesIn(data.Path));

        appHost.Send(signal switch { "INT" => Signal.Interrupt, "TERM" => Signal.Terminate, _ => Signal.Kill });
        await appHost.EndAsync();

        await Eventually.TrueAsync(
            () => Task.FromResult(WorkingDirectories.ProcessesIn(data.Path).Count == 0),
            () => $"no server should be left, but there are {string.Join(", ", WorkingDirectories.ProcessesIn(data.Path))}");
    }

    [Fact]
    public async Task Data_outlive_a_restart()
    {
        using var data = new TemporaryDirectory();
        var options = new SystemOptions { Name = "tests-end", Settings = [$"--NativeServers:Data={data.Path}"] };
        Guid id;
        string email;
        await using (var first = await RunningSystem.StartAsync(options, TestContext.Current.CancellationToken))
        {
            using var user = await ApiUser.RegisterAsync(first.Api);
            var job = await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2"}]}""")).Id);
            (id, email) = (job.Id, user.Email);
        }

        await using var second = await RunningSystem.StartAsync(options, TestContext.Current.CancellationToken);
        using var again = await ApiUser.LoginAsync(second.Api, email);
        Assert.Equal("3", (await again.DoneAsync(id)).Details[0].Result);
    }
}
