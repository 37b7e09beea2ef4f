using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using Mom.Tests.Node;
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
        this VirtualHost broker, Behaviour behaviour, Action<ConsumerOptions>? options = null, BrokerTopology? topology = null, PublisherOptions? publisher = null) =>
        EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(behaviour);
                messaging.AddConsumer(NodeTopology.Work, options).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
            },
            topology ?? NodeTopology.Default,
            publisher,
            NodeJsonContext.Default);

    public static IRpcClient Rpc(this EngineHost engine) => engine.Services.GetRequiredService<IRpcClient>();

    public static IConsumerControl Control(this EngineHost engine) => engine.Services.GetRequiredService<IConsumerControl>();

    public static int Number(this BasicGetResult message) =>
        JsonDocument.Parse(message.Body).RootElement.GetProperty("number").GetInt32();

    public static string? Header(this BasicGetResult message, string name) => message.BasicProperties.Headers?.TryGetValue(name, out var value) == true
        ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)
        : null;
}
