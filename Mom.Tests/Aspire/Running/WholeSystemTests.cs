using Aspire.Hosting.ApplicationModel;
using Mom.Contracts.Jobs;
using Mom.Hosting.Reporting;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests.Running;

/// <summary>The system as <c>dotnet run --project Mom.AppHost</c> brings it up, on servers of this machine.</summary>
[Trait("Group", "aspire")]
public sealed class WholeSystemTests(MomStack stack)
{
    [Fact]
    public async Task A_job_runs_from_the_request_to_its_result()
    {
        var system = await stack.SystemAsync();
        var job = await ApiUser.RunJobAsync(system.Api);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal("6", job.Details[0].Result);
    }

    [Theory]
    [InlineData("math-worker")]
    [InlineData("db-worker")]
    [InlineData("api")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task What_is_killed_comes_back_and_jobs_run_again(string name)
    {
        var system = await stack.SystemAsync();
        await system.KillAsync(name);
        await system.HealthyAsync();

        Assert.Equal(JobStatus.Succeeded, (await ApiUser.RunJobAsync(system.Api)).Status);
    }

    [Theory]
    [InlineData("math-service")]
    [InlineData("math-worker")]
    [InlineData("db-worker")]
    [InlineData("api")]
    [InlineData("socket")]
    [InlineData("panel")]
    public async Task A_service_that_is_stopped_while_it_is_used_ends_in_good_order(string name)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await using var socket = await Listener.ConnectAsync(system.Socket, user);
        await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""");

        await system.StopAsync(name);
        var (exitCode, lastWords) = (system.ExitCodeOf(name), LogTail.Of(await system.LogOfAsync(name), 20));
        await system.StartAsync(name);
        await system.HealthyAsync(name);

        Assert.True(exitCode is 0, $"{name} ended with {exitCode}:\n{string.Join('\n', lastWords)}");
    }

    [Theory]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task A_server_that_is_stopped_stays_so_until_it_is_started(string name)
    {
        var system = await stack.SystemAsync();
        Assert.True((await system.CommandAsync(name, KnownResourceCommands.StopCommand)).Success);
        await system.UntilStateAsync(name, [.. KnownResourceStates.TerminalStates]);
        Assert.Empty(system.ProcessesOf(name));

        Assert.True((await system.CommandAsync(name, KnownResourceCommands.StartCommand)).Success);
        await system.HealthyAsync();
        Assert.Equal(JobStatus.Succeeded, (await ApiUser.RunJobAsync(system.Api)).Status);
    }

    [Theory]
    [InlineData("panel", new[] { "services__api__http__0", "services__socket__http__0" })]
    [InlineData("api", new[] { "ConnectionStrings__rabbitmq", "ConnectionStrings__redis" })]
    [InlineData("db-worker", new[] { "ConnectionStrings__momdb", "ConnectionStrings__rabbitmq", "ConnectionStrings__redis" })]
    [InlineData("math-worker", new[] { "ConnectionStrings__rabbitmq", "ConnectionStrings__redis", "services__math-service__http__0" })]
    [InlineData("socket", new[] { "ConnectionStrings__rabbitmq", "ConnectionStrings__redis" })]
    [InlineData("math-service", new string[0])]
    public async Task A_running_service_has_the_addresses_of_its_own_row_and_no_others(string service, string[] expected)
    {
        var system = await stack.SystemAsync();
        // What the kernel says that the process was started with, not what the host meant to give it.
        var variables = (await File.ReadAllTextAsync($"/proc/{system.ProcessesOf(service)[0]}/environ", TestContext.Current.CancellationToken))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        var addresses = variables.Keys.Where(name => name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || name.StartsWith("services__", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), addresses.Order(StringComparer.Ordinal));
        if (service is not "db-worker")
            Assert.DoesNotContain(variables, variable => variable.Value.Contains(RunSettings.PostgresPassword, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_can_be_frozen_for_a_while()
    {
        var system = await stack.SystemAsync();
        var frozen = await system.CommandAsync("rabbitmq", "break", ("seconds", "1"));

        Assert.True(frozen.Success, frozen.Message);
        Assert.Equal(JobStatus.Succeeded, (await ApiUser.RunJobAsync(system.Api)).Status);
    }
}
