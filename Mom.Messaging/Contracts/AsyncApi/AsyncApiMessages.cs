using System.Text.Json.Nodes;

namespace Mom.Messaging.Contracts.AsyncApi;

/// <summary>The messages of a document, with the schemas of their bodies.</summary>
internal static class AsyncApiMessages
{
    public static JsonObject Create(IEnumerable<MessageContract> contracts)
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
            ["correlationId"] = new JsonObject { ["type"] = "string" },
            ["replyTo"] = new JsonObject { ["type"] = "string" },
            ["timestamp"] = new JsonObject { ["type"] = "integer", ["description"] = "Seconds since 1970-01-01 UTC." },
            ["traceparent"] = new JsonObject { ["type"] = "string", ["description"] = "W3C trace context." },
        },
        ["required"] = new JsonArray("type", "messageId"),
    };
}
