using System.Reflection;
using System.Text.Json.Nodes;
using Mom.Contracts;
using Mom.Messaging.Contracts.AsyncApi;

namespace Mom.Tests.Contracts;

[Trait("Group", "unit")]
public sealed class AsyncApiTests
{
    private static readonly JsonObject Document = new AsyncApiDocument(RegisteredMessages.Registry, MomTopology.Default).Create("A system", "1", "Its messages");

    public static TheoryData<string> Names => RegisteredMessages.Names;

    [Fact]
    public void It_has_what_version_3_0_requires()
    {
        Assert.Equal("3.0.0", Text(Document["asyncapi"]));
        Assert.Equal("A system", Text(Document["info"]!["title"]));
        Assert.Equal("1", Text(Document["info"]!["version"]));
        Assert.All(Object("operations"), operation =>
        {
            Assert.Equal("receive", Text(operation.Value!["action"]));
            Assert.NotNull(operation.Value["channel"]!["$ref"]);
        });
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var references = References(Document).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Resolve(reference) is not null, $"{reference} should lead to something in the document."));
    }

    [Fact]
    public void An_operation_names_only_messages_of_its_own_channel()
    {
        foreach (var (name, operation) in Object("operations"))
        {
            Assert.All(operation!["messages"]!.AsArray(), message => Assert.StartsWith($"{Text(operation["channel"]!["$ref"])}/messages/", Text(message!["$ref"]), StringComparison.Ordinal));
            Assert.Equal(name, Text(Resolve(Text(operation["messages"]![0]!["$ref"]))!["name"]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_message_is_in_it_with_the_schema_of_its_body(string message)
    {
        var payload = Document["components"]!["messages"]![message]!["payload"]!;
        Assert.Contains("object", payload["type"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(RegisteredMessages.Find(message).ClrType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Length, payload["properties"]?.AsObject().Count ?? 0);
    }

    [Fact]
    public void A_request_has_its_priority_and_its_reply()
    {
        var operation = Object("operations")["job.create.v1"]!;

        Assert.Equal("#/channels/db.commands", Text(operation["channel"]!["$ref"]));
        Assert.Equal(10, operation["bindings"]!["amqp"]!["priority"]!.GetValue<int>());
        Assert.Contains(operation["reply"]!["messages"]!.AsArray(), reply => Text(reply!["$ref"]) == "#/channels/replies/messages/job.v1");
        Assert.Contains(operation["reply"]!["messages"]!.AsArray(), reply => Text(reply!["$ref"]) == "#/channels/replies/messages/mom.refusal.v1");
    }

    [Fact]
    public void A_command_has_no_reply_and_an_event_its_topic()
    {
        Assert.Null(Object("operations")["math.step.v1"]!["reply"]);
        Assert.Equal("#/channels/job.changed", Text(Object("operations")["job.changed.v1"]!["channel"]!["$ref"]));
        Assert.Equal("topic", Text(Object("channels")["job.changed"]!["bindings"]!["amqp"]!["exchange"]!["type"]));
    }

    [Fact]
    public void Every_queue_of_the_topology_is_a_channel() =>
        Assert.All(MomTopology.Default.Queues, queue => Assert.Equal(queue.Name, Text(Object("channels")[queue.Name]!["address"])));

    private static JsonObject Object(string name) => Document[name]!.AsObject();

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } reference when reference["$ref"] is JsonValue value => [value.GetValue<string>()],
        JsonObject parent => parent.SelectMany(child => References(child.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    // A message of a channel is itself a reference to a message of the components.
    private static JsonNode? Resolve(string pointer)
    {
        var node = pointer.Split('/').Skip(1).Aggregate<string, JsonNode?>(Document, (parent, name) => parent?[name]);
        return node is JsonObject { Count: 1 } reference && reference["$ref"] is { } next ? Resolve(next.GetValue<string>()) : node;
    }
}
