using System.Text.Json.Nodes;

namespace Mom.Tests.Contracts;

/// <summary>A contract does not change behind the back of those who use it.</summary>
[Trait("Group", "unit")]
public sealed class SchemaTests
{
    private const string Approved = """
        {"type":"object","properties":{
          "id":{"type":"string","format":"uuid"},
          "state":{"enum":["queued","done"]},
          "items":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}},
          "note":{"type":["string","null"]}},
         "required":["id","state","items"]}
        """;

    public static TheoryData<string> Names => RegisteredMessages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_of_each_message_is_the_approved_one(string message)
    {
        var file = ApprovedFiles.SchemaOf(message);
        var current = RegisteredMessages.Find(message).Schema();
        if (File.Exists(file))
        {
            var breaking = SchemaChanges.Breaking(JsonNode.Parse(File.ReadAllText(file)), current).ToList();
            Assert.True(
                breaking.Count == 0,
                $"'{message}' breaks those who send or receive it already: {string.Join("; ", breaking)}. " +
                "Keep it as it is and make a new version with a name of its own (job.create.v2), handled beside the old one.");
        }

        if (ApprovedFiles.Approving)
        {
            ApprovedFiles.Write(file, current.ToJsonString(RegisteredMessages.Indented));
        }

        Assert.True(File.Exists(file), $"'{message}' has no approved schema. {ApprovedFiles.HowToApprove}");
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), current),
            $"The schema of '{message}' has changed, though in no breaking way. {ApprovedFiles.HowToApprove}");
    }

    [Theory]
    [InlineData("\"note\":{\"type\":[\"string\",\"null\"]}", "\"more\":{\"type\":\"string\"}", "$.note was removed")]
    [InlineData("\"note\":{\"type\":[\"string\",\"null\"]}", "\"note\":{\"type\":[\"integer\",\"null\"]}", "$.note: type was")]
    [InlineData("\"format\":\"uuid\"", "\"format\":\"date-time\"", "$.id: format was")]
    [InlineData("\"required\":[\"id\",", "\"required\":[\"id\",\"note\",", "$.note is required and was not")]
    [InlineData("[\"queued\",\"done\"]", "[\"queued\"]", "$.state: enum was")]
    [InlineData("[\"queued\",\"done\"]", "[\"queued\",\"done\",\"paused\"]", "$.state: enum was")]
    [InlineData("\"text\":{\"type\":\"string\"}", "\"text\":{\"type\":\"string\"},\"more\":{}", null)]
    [InlineData("\"required\":[\"text\"]", "\"required\":[\"text\",\"more\"]", "$.items[].more is required and was not")]
    [InlineData("\"required\":[\"id\",\"state\",", "\"required\":[\"id\",", null)]
    [InlineData("[\"string\",\"null\"]", "[\"null\",\"string\"]", null)]
    public void What_breaks_others_is_told_from_what_does_not(string before, string after, string? breaking)
    {
        Assert.Contains(before, Approved, StringComparison.Ordinal);
        var changes = SchemaChanges.Breaking(JsonNode.Parse(Approved), JsonNode.Parse(Approved.Replace(before, after, StringComparison.Ordinal))).ToList();

        if (breaking is null)
        {
            Assert.Empty(changes);
        }
        else
        {
            Assert.Contains(changes, change => change.StartsWith(breaking, StringComparison.Ordinal));
        }
    }
}
