using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Support;

/// <summary>Short forms for tests with the messages of <c>Mom.Tests.Node</c>.</summary>
internal static class NodeTests
{
    /// <summary>An engine that consumes nothing.</summary>
    public static Task<EngineHost> NodeAsync(this VirtualHost broker, BrokerTopology? topology = null) =>
        EngineHost.StartAsync(broker, topology: topology ?? NodeTopology.Default, contracts: NodeJsonContext.Default);

    /// <summary>An engine that consumes <c>test.work</c> as it is told.</summary>
    public static Task<EngineHost> WorkerAsync(
        this VirtualHost broker,
        Behaviour behaviour,
        Action<ConsumerOptions>? options = null,
        BrokerTopology? topology = null,
        TimeProvider? time = null,
        IOutageGate? gate = null) =>
        EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(behaviour);
                messaging.Services.AddSingleton(time ?? TimeProvider.System);
                if (gate is not null)
                {
                    messaging.Services.AddSingleton(gate);
                }

                messaging.AddConsumer(NodeTopology.Work, options).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
            },
            topology ?? NodeTopology.Default,
            contracts: NodeJsonContext.Default);

    /// <summary>Waits until <c>test.work</c> is consumed, after a break of the connection as well.</summary>
    public static async Task ConsumingAsync(this EngineHost engine)
    {
        while (engine.Control().Consumers.Single(consumer => consumer.Queue == NodeTopology.Work).State != ConsumerState.Consuming)
        {
            await engine.ConnectedAsync();
            // It was not paused: this returns when messages can come in.
            await engine.Control().ResumeAsync(NodeTopology.Work).PatientlyAsync("the consumer should be consuming");
        }
    }

    /// <summary>What the broker does not take in any form is kept in this directory.</summary>
    public static void AddQuarantine(this IServiceCollection services, string directory) => services.AddSingleton<IConfiguration>(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Messaging:QuarantineDirectory"] = directory }).Build());

    public static IRpcClient Rpc(this EngineHost engine) => engine.Services.GetRequiredService<IRpcClient>();

    public static IConsumerControl Control(this EngineHost engine) => engine.Services.GetRequiredService<IConsumerControl>();

    public static int Number(this BasicGetResult message) =>
        JsonDocument.Parse(message.Body).RootElement.GetProperty("number").GetInt32();

    public static string? Header(this BasicGetResult message, string name) => message.BasicProperties.Headers?.TryGetValue(name, out var value) == true
        ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)
        : null;
}
