using System.Text.Json.Nodes;
using Mom.Messaging.Rpc;

namespace Mom.Messaging.Contracts.AsyncApi;

/// <summary>The operations of a document: this system receives each command, request and event, and replies to requests.</summary>
internal sealed class AsyncApiOperations(MessageRegistry registry)
{
    public JsonObject Create(IEnumerable<MessageContract> contracts)
    {
        var operations = new JsonObject();
        foreach (var contract in contracts)
        {
            if (AsyncApiNames.ChannelOf(contract) is { } channel)
            {
                operations[contract.Name] = Operation(contract, channel);
            }
        }

        return operations;
    }

    /// <summary>What any of these may be answered with: its own reply, or one of the engine's.</summary>
    public static IEnumerable<MessageContract> RepliesOf(MessageRegistry registry, IEnumerable<MessageContract> contracts) =>
        contracts.Select(contract => contract.ReplyType).OfType<Type>().Append(typeof(Refusal)).Append(typeof(Failure)).Distinct().Select(registry.Find);

    private JsonObject Operation(MessageContract contract, string channel)
    {
        var operation = new JsonObject
        {
            ["action"] = "receive",
            ["channel"] = AsyncApiNames.ToChannel(channel),
            ["messages"] = new JsonArray(AsyncApiNames.ToChannelMessage(channel, contract.Name)),
            ["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["priority"] = (int)contract.Attribute.Priority,
                    ["deliveryMode"] = 2,
                    ["mandatory"] = true,
                    ["ack"] = true,
                    ["bindingVersion"] = AsyncApiNames.BindingVersion,
                },
            },
        };
        if (contract.ReplyType is not null)
        {
            operation["reply"] = Reply(contract);
        }

        return operation;
    }

    private JsonObject Reply(MessageContract contract) => new()
    {
        ["address"] = new JsonObject { ["description"] = "The AMQP property reply-to of the request.", ["location"] = "$message.header#/replyTo" },
        ["channel"] = AsyncApiNames.ToChannel(AsyncApiNames.Replies),
        ["messages"] = new JsonArray([.. RepliesOf(registry, [contract]).Select(reply => AsyncApiNames.ToChannelMessage(AsyncApiNames.Replies, reply.Name))]),
    };
}
