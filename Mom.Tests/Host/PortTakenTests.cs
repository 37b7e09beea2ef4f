using System.Net;
using System.Net.Sockets;
using Mom.LocalHost;
using Mom.LocalHost.Ports;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class PortTakenTests
{
    [Fact]
    public async Task A_taken_port_is_named_with_its_holder_and_nothing_starts()
    {
        await using var own = new PrivateSystem([ResourceNames.Redis]);
        using var listener = new TcpListener(IPAddress.Loopback, own.Options.Ports.Redis);
        listener.Start();

        var error = await Assert.ThrowsAsync<PortTakenException>(() => own.System.StartAsync());

        Assert.Contains($"{own.Options.Ports.Redis}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}:", error.Message, StringComparison.Ordinal);
        Assert.Empty(own.Pids);
    }
}
