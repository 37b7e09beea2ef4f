using System.Net;
using System.Net.Sockets;
using Mom.Hosting.Ports;

namespace Mom.Tests.Unit.Hosting;

[Trait("Group", "unit")]
public sealed class PortHolderTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:1BA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 25153 1 0000000000000000 100 0 0 10 0",
        "   1: 0100007F:1BA0 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 25154 1 0000000000000000 100 0 0 10 0",
        "   2: 00000000:1BA1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 25155 1 0000000000000000 100 0 0 10 0",
    ];

    [Fact]
    public void Only_sockets_that_listen_on_the_port_count() => Assert.Equal(["socket:[25153]"], PortHolder.Sockets(7072, Table));

    [Fact]
    public void A_port_that_this_process_listens_on_is_held_by_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Equal(Environment.ProcessId, PortHolder.Of(((IPEndPoint)listener.LocalEndpoint).Port)?.ProcessId);
    }

    [Fact]
    public void A_taken_port_is_said_with_its_purpose_and_holder()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var thrown = Assert.Throws<Aspire.Hosting.DistributedApplicationException>(() => PortCheck.Demand([new PortUse(port, "api (http)")]));

        Assert.StartsWith($"Port {port} is needed for api (http) but is taken by process {Environment.ProcessId}", thrown.Message, StringComparison.Ordinal);
    }
}
