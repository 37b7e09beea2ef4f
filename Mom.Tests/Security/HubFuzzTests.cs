using System.Net.WebSockets;
using System.Text;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>Frames that no SignalR client sends, before and after the handshake.</summary>
[Trait("Group", "security")]
public sealed class HubFuzzTests(MomStack stack)
{
    private const char End = '\u001e';
    private const string OneJob = """{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""";

    private static readonly string[] Frames =
    [
        """{"type":1,"target":"JobChanged","arguments":[]}""", """{"type":1,"invocationId":"1","target":"no such method","arguments":[1,"x",null]}""", """{"type":2,"invocationId":"1","item":1}""",
        """{"type":3,"invocationId":"1","result":1}""", """{"type":4,"invocationId":"1","target":"OnConnectedAsync","arguments":[]}""", """{"type":5,"invocationId":"1"}""", """{"type":6}""", """{"type":7,"error":"x","allowReconnect":true}""",
        """{"type":8,"sequenceId":-1}""", """{"type":9,"sequenceId":99999999999}""", """{"type":99}""", """{"protocol":"json","version":1}""", "[]", "{}",
    ];

    [Fact]
    public async Task No_frame_ends_the_socket_and_pushes_of_others_go_on()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var attacker = await ApiUser.RegisterAsync(system.Api);
        await using var listener = await Listener.ConnectAsync(system.Socket, user);
        var process = system.ProcessesOf(ResourceNames.Socket)[0];
        var memory = new ServiceMemory(system, ResourceNames.Socket);
        var (budget, frames) = (new FuzzBudget(), 0);
        while (budget.Next())
        {
            frames += await AttackAsync(system.Socket, attacker.Session.AccessToken, budget.Random);
        }

        budget.Report($"connections with {frames:N0} frames");
        await listener.DoneAsync((await user.CreateJobAsync(OneJob)).Id);
        Assert.Equal([process], system.ProcessesOf(ResourceNames.Socket));
        Assert.False(listener.Closed.IsCompleted, "The connection of somebody else should stay.");
        memory.AssertBack();
    }

    private static async Task<int> AttackAsync(string socket, string token, Random random)
    {
        using var client = new ClientWebSocket();
        var address = new UriBuilder(socket) { Scheme = "ws", Path = "/hub", Query = $"access_token={token}" }.Uri;
        await client.ConnectAsync(address, TestContext.Current.CancellationToken).PatientlyAsync("the socket should take a connection");
        var sent = 0;
        try
        {
            if (random.Next(4) > 0)
            {
                await SendAsync(client, Encoding.UTF8.GetBytes($$"""{"protocol":"json","version":1}{{End}}"""), WebSocketMessageType.Text, whole: true);
            }

            for (var i = random.Next(1, 10); i > 0 && client.State is WebSocketState.Open; i--)
            {
                var frame = random.Next(3) == 0 ? Garbage.Bytes(random, 70_000) : Garbage.Mutate(Encoding.UTF8.GetBytes(Frames[random.Next(Frames.Length)]), random);
                var binary = random.Next(4) == 0;
                // A text frame that is no UTF-8 the client would not send.
                var bytes = binary ? frame : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(frame) + (random.Next(5) == 0 ? "" : End));
                await SendAsync(client, bytes, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, random.Next(10) > 0);
                sent++;
            }
        }
        catch (Exception hungUp) when (hungUp is WebSocketException or IOException or InvalidOperationException)
        {
            // The socket wants no more of it, as it should.
        }

        client.Abort();
        return sent;
    }

    private static Task SendAsync(ClientWebSocket client, byte[] frame, WebSocketMessageType type, bool whole) =>
        client.SendAsync(frame, type, whole, TestContext.Current.CancellationToken).PatientlyAsync("the socket should read what it is sent, or hang up");
}
