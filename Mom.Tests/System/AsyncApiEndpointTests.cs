using System.Net;
using System.Text.Json.Nodes;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class AsyncApiEndpointTests(MomStack stack)
{
    [Fact]
    public async Task The_api_serves_the_description_of_the_messages_to_anybody()
    {
        var system = await stack.SystemAsync();
        using var http = new HttpClient { BaseAddress = new Uri(system.Api) };

        using var answer = await http.GetAsync("/asyncapi.json");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("3.0.0", document["asyncapi"]!.GetValue<string>());
        Assert.NotNull(document["channels"]!["db.commands"]!["messages"]!["job.create.v1"]);
    }
}
