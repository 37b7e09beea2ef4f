using System.Globalization;
using Mom.LocalHost.Health;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;

namespace Mom.LocalHost.Servers;

/// <summary>
/// Erlang's port mapper. The broker would start one by itself that stays behind for ever and is shared by the whole machine;
/// this one is ours alone and ends with us.
/// </summary>
internal sealed class EpmdServer(PortMap ports) : Blueprint(ResourceNames.Epmd, ResourceKind.Helper)
{
    public override Launch Launch(int replica) => new(
        new ProcessSpec(InstalledPrograms.Epmd, ["-address", "127.0.0.1", "-port", ports.Epmd.ToString(CultureInfo.InvariantCulture)]),
        ports.Epmd,
        $"tcp://127.0.0.1:{ports.Epmd}",
        new EpmdProbe(ports.Epmd));

    // NAMES_REQ: two bytes of length, then 'n'; the answer starts with the port itself (Erlang distribution protocol, 15.2).
    private sealed class EpmdProbe(int port) : TcpProbe(port)
    {
        protected override ReadOnlyMemory<byte> Question() => new byte[] { 0, 1, (byte)'n' };

        protected override string? Judge(ReadOnlySpan<byte> answer) => answer.Length >= 4 ? null : "no answer";
    }
}
