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
            ["components"] = new JsonObject { ["messages"] = Messages(contracts) },
        };
    }

    private static JsonObject Messages(IEnumerable<MessageContract> contracts)
    {
        var messages = new JsonObject();
        foreach (var contract in contracts)
        {
            messages[contract.Name] = Message(contract);
        }

        return messages;
    }

    private static JsonObject Message(MessageContract contract) => new()
    {
        ["name"] = contract.Name,
        ["title"] = contract.ClrType.Name,
        ["contentType"] = "application/json",
        ["payload"] = contract.Schema(),
        ["headers"] = Properties(contract),
        ["correlationId"] = new JsonObject
        {
            ["description"] = "Pairs a reply with its request.",
            ["location"] = "$message.header#/correlationId",
        },
    };

    // AMQP properties: AsyncAPI has no other place for what travels beside the body.
    private static JsonObject Properties(MessageContract contract) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["const"] = contract.Name },
            ["messageId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid", ["description"] = "Identity of the message; a duplicate has the same." },
            ["userId"] = new JsonObject { ["type"] = "string", ["description"] = "The broker's user of the sender. The broker verifies it, and a consumer may refuse a message without." },
            ["correlationId"] = new JsonObject { ["type"] = "string" },
            ["replyTo"] = new JsonObject { ["type"] = "string" },
            ["timestamp"] = new JsonObject { ["type"] = "integer", ["description"] = "Seconds since 1970-01-01 UTC." },
            ["traceparent"] = new JsonObject { ["type"] = "string", ["description"] = "W3C trace context." },
        },
        ["required"] = new JsonArray("type", "messageId"),
    };
}
