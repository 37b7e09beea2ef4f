using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Testing;
using Mom.Tests.Broker.Contract;
using Mom.Tests.Node;
using RabbitMQ.Client;

namespace Mom.Tests.Unit.Messaging.Harness;

/// <summary>The contract of the engine on the broker of the test harness: what passes there passes here.</summary>
[Trait("Group", "unit")]
public sealed class OnHarnessTests : EngineContract
{
    private protected override async Task<IContractHost> StartAsync(ContractSetup setup) =>
        new Host(await MessagingHarness.StartAsync(services => setup.Configure(services.AddMessaging(setup.Topology ?? NodeTopology.Default, NodeJsonContext.Default))));

    private sealed class Host(MessagingHarness harness) : IContractHost
    {
        public IServiceProvider Services => harness.Services;

        public Task PassAsync(TimeSpan time) => harness.AdvanceAsync(time);

        public Task EndAsync() => harness.IdleAsync();

        public async Task<IReadOnlyList<BasicGetResult>> TakeAsync(string queue, int count)
        {
            await harness.IdleAsync();
            await using var connection = await Services.GetRequiredService<IConnectionFactory>().CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync();
            var messages = new List<BasicGetResult>();
            while (messages.Count < count && await channel.BasicGetAsync(queue, autoAck: true) is { } message)
            {
                messages.Add(message);
            }

            Assert.True(messages.Count == count, $"{count} messages should be in {queue}, and it was {messages.Count}.\n{harness.Report()}");
            return messages;
        }

        public ValueTask DisposeAsync() => harness.DisposeAsync();
    }
}
