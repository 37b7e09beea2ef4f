using System.Net;
using System.Net.Sockets;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests.Running;

/// <summary>What keeps the system from starting is one message that says what to do, at once, and nothing is lost.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own"), Trait("Lane", "faults")]
public sealed class BadStartTests
{
    [Fact]
    public async Task A_taken_port_is_named_with_its_holder_before_anything_starts()
    {
        using var data = new TemporaryDirectory();
        using var holder = new TcpListener(IPAddress.Loopback, Random.Shared.Next(10_000, 30_000));
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        // The offset comes twice, and the last one counts: it leads the API's port to the taken one.
        using var appHost = new StartedAppHost("native", data.Path, $"--Ports:Offset={port - 7070}");

        Assert.Equal(1, await appHost.EndAsync());

        Assert.Contains($"Port {port} is needed for api (http) but is taken by process {Environment.ProcessId}", appHost.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", appHost.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data.Path, "redis", "redis.conf")));
    }

    [Fact]
    public async Task Two_of_them_do_not_share_their_data()
    {
        using var data = new TemporaryDirectory();
        using var first = new StartedAppHost("native", data.Path, "--ServersOnly=true");
        await first.UntilItSaysAsync("resources are healthy");
        using var second = new StartedAppHost("native", data.Path, "--ServersOnly=true");

        Assert.Equal(1, await second.EndAsync());

        Assert.Contains("runs already, under another AppHost (process", second.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Servers=docker", "Servers is 'docker'. It is one of: auto, container, native.")]
    [InlineData("--Ports:Offset=many", "Ports:Offset is 'many'. It is a whole number from 0 to 46000")]
    [InlineData("--Ports:Offset=60000", "Ports:Offset is '60000'. It is a whole number from 0 to 46000")]
    public async Task A_setting_that_means_nothing_is_named(string setting, string message)
    {
        using var data = new TemporaryDirectory();
        using var appHost = new StartedAppHost("native", data.Path, setting);

        Assert.Equal(1, await appHost.EndAsync());

        Assert.Contains(message, appHost.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", appHost.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_a_Postgres_that_is_not_installed_are_left_alone()
    {
        using var data = new TemporaryDirectory();
        var files = Directory.CreateDirectory(Path.Combine(data.Path, "postgres", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);
        using var appHost = new StartedAppHost("native", data.Path, "--ServersOnly=true");

        await appHost.UntilItSaysAsync("are of Postgres 9, but only Postgres");

        Assert.Equal(["PG_VERSION"], Directory.EnumerateFileSystemEntries(files).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Data_that_the_broker_cannot_read_are_left_alone_and_said()
    {
        using var data = new TemporaryDirectory();
        var node = Directory.CreateDirectory(Path.Combine(data.Path, "rabbitmq", "data", "rabbit@localhost")).FullName;
        await File.WriteAllTextAsync(Path.Combine(node, "schema.DAT"), "no schema", TestContext.Current.CancellationToken);
        using var appHost = new StartedAppHost("native", data.Path, "--ServersOnly=true", "--Restart:Enabled=false");

        await appHost.UntilItSaysAsync("rabbitmq");
        await appHost.UntilItSaysAsync("ended with code");

        Assert.Equal("no schema", await File.ReadAllTextAsync(Path.Combine(node, "schema.DAT"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Data_made_with_another_password_are_said_before_nobody_can_log_in()
    {
        using var data = new TemporaryDirectory();
        using (var first = new StartedAppHost("native", data.Path, "--ServersOnly=true"))
            await first.UntilItSaysAsync("resources are healthy");
        using var second = new StartedAppHost("native", data.Path, "--ServersOnly=true", "--Parameters:postgres-password=another");

        await second.UntilItSaysAsync("were made with another password than the parameter postgres-password now has");
    }

    [Fact]
    public async Task A_place_where_nothing_can_be_written_is_named()
    {
        using var data = new TemporaryDirectory();
        var file = Path.Combine(data.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        using var appHost = new StartedAppHost("native", file, "--ServersOnly=true");

        Assert.Equal(1, await appHost.EndAsync());

        Assert.Contains("The data directory of rabbitmq cannot be used", appHost.Output, StringComparison.Ordinal);
    }
}
