using System.Net;
using System.Net.Sockets;
using Mom.LocalHost.Ports;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class ListeningSocketsTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:1BA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 25153 1 0000 100 0 0 10 0",
        "   1: 0100007F:1BA0 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 25200 1 0000 20 4 30 10 -1",
        "   2: 0100007F:1BA1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 25300 1 0000 100 0 0 10 0",
    ];

    [Fact]
    public void Finds_who_listens_and_not_who_is_connected() =>
        Assert.Equal(["socket:[25153]"], ListeningSockets.InodesOf(0x1BA0, Table));

    [Fact]
    public void The_holder_of_a_port_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var error = Assert.Throws<PortTakenException>(() => PortCheck.Demand([new PortUse(port, "api", "the HTTP API")]));

        Assert.StartsWith($"Port {port} is needed for the HTTP API but is taken by process {Environment.ProcessId}:", error.Message, StringComparison.Ordinal);
    }
}
