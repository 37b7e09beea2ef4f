using System.Text.Json;
using System.Text.Json.Nodes;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Contracts.AsyncApi;

/// <summary>
/// Describes the messages of a system as an AsyncAPI 3.0 document (https://www.asyncapi.com/docs/reference/specification/v3.0.0):
/// a channel for each queue and each topic, an operation for each message that is sent there, and the schema of every body.
/// It is made of the registered contracts and the topology, so it cannot differ from what is sent.
/// </summary>
public sealed class AsyncApiDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly MessageRegistry _registry;
    private readonly BrokerTopology _topology;

    internal AsyncApiDocument(MessageRegistry registry, BrokerTopology topology)
    {
        _registry = registry;
        _topology = topology;
    }

    /// <summary>The document as JSON.</summary>
    /// <param name="title">What the system is called.</param>
    /// <param name="version">The version of its contracts.</param>
    /// <param name="description">What a reader should know first; CommonMark.</param>
    public string ToJson(string title, string version, string description) => Create(title, version, description).ToJsonString(Indented);

    internal JsonObject Create(string title, string version, string description)
    {
        var contracts = _registry.All.ToList();
        var channels = new AsyncApiChannels(_registry, _topology);
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = version, ["description"] = description },
            ["defaultContentType"] = "application/json",
            ["channels"] = channels.Create(contracts),
            ["operations"] = new AsyncApiOperations(_registry).Create(contracts),
            ["components"] = new JsonObject { ["messages"] = AsyncApiMessages.Create(contracts) },
        };
    }
}
