using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Rpc;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

/// <summary>Many callers and a broker that takes nothing: what waits is bounded, and nothing of it stays.</summary>
[Trait("Group", "broker")]
public sealed class OverloadTests(DataServers servers)
{
    private const int Callers = 2_000;
    private const int Window = 50;
    private static readonly PublisherOptions Options = new() { Window = Window, ConfirmTimeout = TimeSpan.FromSeconds(3) };

    [Fact]
    public async Task While_the_broker_is_silent_every_caller_is_told_in_time_and_no_more_than_the_window_is_on_its_way()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await StartAsync(broker);
        await engine.Publisher.PublishAsync(new Note(0));
        using (broker.Freeze())
        {
            var requests = Enumerable.Range(0, Callers).Select(number => engine.Rpc().RequestAsync(new Ask(number))).ToList();
            await engine.UntilInFlightAsync(Window);
            await AllAreToldAsync<MessagingException>(requests);
            Assert.Equal(0, Pending(engine));
        }

        // Callers have gone, and what they could not send is not kept for them.
        await engine.UntilNothingInFlightAsync();
        Assert.True(await broker.CountAsync(NodeTopology.Work) <= Window, "Only what had a place in the window should have been sent.");
    }

    [Fact]
    public async Task While_there_is_no_connection_every_caller_is_told_at_once_and_nothing_waits()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await StartAsync(broker);
        using (broker.Freeze())
        {
            await engine.CutPublisherAsync();
            var requests = Enumerable.Range(0, Callers).Select(number => engine.Rpc().RequestAsync(new Ask(number))).ToList();
            // Told before the call returned: there was nothing to wait for.
            Assert.All(requests, request => Assert.True(request.IsFaulted, "a request without a connection should fail at once"));
            await AllAreToldAsync<BrokerUnavailableException>(requests);
            Assert.Equal(0, Pending(engine));
            engine.AssertNothingInFlight();
        }
    }

    private static Task<EngineHost> StartAsync(VirtualHost broker) =>
        EngineHost.StartAsync(broker, topology: NodeTopology.Default, publisher: Options, contracts: NodeJsonContext.Default);

    private static int Pending(EngineHost engine) => engine.Services.GetRequiredService<PendingRequests>().Count;

    private static async Task AllAreToldAsync<TException>(IEnumerable<Task<Answer>> requests)
        where TException : MessagingException
    {
        foreach (var request in requests)
        {
            await Assert.ThrowsAnyAsync<TException>(() => request.PatientlyAsync("every caller should be told"));
        }
    }
}
