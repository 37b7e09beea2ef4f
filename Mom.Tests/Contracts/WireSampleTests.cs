using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mom.Tests.Contracts;

/// <summary>What was once on the wire can be read for ever, and nothing of it is lost.</summary>
[Trait("Group", "unit")]
public sealed class WireSampleTests
{
    public static TheoryData<string> Names => RegisteredMessages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_message_has_a_sample_that_is_written_as_it_was_read(string message)
    {
        var newest = ApprovedFiles.SamplesOf(message) is [.., var last] ? last : null;
        if (newest is null || (ApprovedFiles.Approving && !SameAfterRoundTrip(message, newest)))
        {
            Assert.True(ApprovedFiles.Approving, $"'{message}' has no sample of its body. {ApprovedFiles.HowToApprove}");
            newest = ApprovedFiles.NextSampleOf(message);
            ApprovedFiles.Write(newest, Indent(Draft(message)));
        }

        Assert.True(
            SameAfterRoundTrip(message, newest),
            $"'{message}' is no longer written as in {Path.GetFileName(newest)}: {File.ReadAllText(newest)}\nbecomes {Indent(RoundTrip(message, newest))}\n{ApprovedFiles.HowToApprove}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_older_sample_is_still_read_and_nothing_of_it_is_dropped_or_changed(string message)
    {
        foreach (var sample in ApprovedFiles.SamplesOf(message))
        {
            var lost = Lost(JsonNode.Parse(File.ReadAllText(sample)), JsonNode.Parse(RoundTrip(message, sample)), "$").ToList();
            Assert.True(
                lost.Count == 0,
                $"'{message}' loses or changes {string.Join(", ", lost)} of {Path.GetFileName(sample)}: a message of an older sender would be misread. " +
                "Keep what was there and add only what is optional, or make it a new version with a name of its own.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_newer_sender_that_says_more_is_understood(string message)
    {
        var contract = RegisteredMessages.Find(message);
        foreach (var sample in ApprovedFiles.SamplesOf(message).Select(File.ReadAllText))
        {
            var newer = SayMore(JsonNode.Parse(sample)!, contract.Schema());
            var read = JsonSerializer.SerializeToNode(newer.Deserialize(contract.Json), contract.Json);
            Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(sample, contract.Json), contract.Json), read), $"'{message}' was misread: {newer}");
        }
    }

    [Fact]
    public void No_message_that_was_ever_sent_is_forgotten()
    {
        var gone = ApprovedFiles.Messages.Where(message => RegisteredMessages.Registry.Find(message) is null).ToList();
        Assert.True(
            gone.Count == 0,
            $"{string.Join(", ", gone)} can no longer be read, but may still be in a queue, in an outbox or among the dead letters. Keep the contract and its handler.");
    }

    // The names in a dictionary are data, and a further one would be data too.
    private static JsonNode SayMore(JsonNode node, JsonNode? schema)
    {
        if (node is JsonObject thing && schema?["properties"] is JsonObject known)
        {
            foreach (var (name, value) in thing.Where(property => property.Value is not null).ToList())
            {
                SayMore(value!, known[name]);
            }

            thing["ofTheFuture"] = new JsonObject { ["more"] = 1 };
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list.OfType<JsonNode>())
            {
                SayMore(item, schema?["items"]);
            }
        }

        return node;
    }

    private static bool SameAfterRoundTrip(string message, string sample) =>
        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(sample)), JsonNode.Parse(RoundTrip(message, sample)));

    private static string RoundTrip(string message, string sample)
    {
        var contract = RegisteredMessages.Find(message);
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(File.ReadAllText(sample), contract.Json), contract.Json);
        }
        catch (JsonException exception)
        {
            Assert.Fail(
                $"'{message}' can no longer read {Path.GetFileName(sample)}: {exception.Message} A message of an older sender would become a dead letter. " +
                "Make what is new optional, or make it a new version with a name of its own.");
            throw;
        }
    }

    private static string Draft(string message)
    {
        var contract = RegisteredMessages.Find(message);
        return JsonSerializer.Serialize(SampleMaker.Make(contract.ClrType), contract.Json);
    }

    private static string Indent(string json) => JsonNode.Parse(json)!.ToJsonString(RegisteredMessages.Indented);

    private static IEnumerable<string> Lost(JsonNode? before, JsonNode? after, string path) => (before, after) switch
    {
        (JsonObject old, JsonObject now) => old.SelectMany(property => Lost(property.Value, now[property.Key], $"{path}.{property.Key}")),
        (JsonArray old, JsonArray now) when old.Count == now.Count => old.SelectMany((item, index) => Lost(item, now[index], $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(before, after) ? [] : [path],
    };
}
