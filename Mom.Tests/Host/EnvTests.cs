using Mom.LocalHost;
using StackExchange.Redis;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class EnvTests
{
    [Fact]
    public async Task Another_host_is_told_how_the_servers_are_reached()
    {
        await using var host = new HostProgram();
        Assert.Equal(0, (await host.RunAsync("up", "--detach", "--only", ResourceNames.Redis, "--no-dashboard")).ExitCode);

        var (exitCode, output) = await host.RunAsync("env");

        Assert.Equal(0, exitCode);
        var variables = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        Assert.Equal(["ConnectionStrings__momdb", "ConnectionStrings__rabbitmq", "ConnectionStrings__redis", "RabbitMq__Management__Url"], variables.Keys.Order(StringComparer.Ordinal));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(variables["ConnectionStrings__redis"]);
        Assert.True(redis.IsConnected, "The server should be reached as it was told.");
    }
}
