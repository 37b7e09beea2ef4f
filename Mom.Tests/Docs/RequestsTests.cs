using System.Net.Http.Json;
using System.Text.Json;
using Mom.Contracts;
using Mom.Contracts.Operations;
using Mom.Testing;
using Mom.Tests.Contracts;
using Mom.Tests.Support;

namespace Mom.Tests.Docs;

/// <summary><c>requests.http</c> has every route, each of its requests is answered as it says, and the Postman collection is the same.</summary>
[Trait("Group", "docs")]
public sealed class RequestsTests(MomStack stack)
{
    private static readonly string Collection = Path.Combine(Repository.Root, "requests.postman_collection.json");
    private static readonly HttpFile File = HttpFile.Parse(System.IO.File.ReadAllText(Path.Combine(Repository.Root, "requests.http")));

    [Fact]
    public async Task Each_request_gets_the_answer_that_it_says()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        await DeadLettersAsync(system, admin, 2);
        using var run = new HttpFileRun(File, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = system.Api,
            ["email"] = $"{Guid.NewGuid():N}@example.org",
            ["adminEmail"] = RunSettings.AdminEmail,
            ["adminPassword"] = RunSettings.AdminPassword,
        });
        try
        {
            foreach (var request in File.Requests)
            {
                await run.SendAsync(request);
            }
        }
        finally
        {
            // Others use the system after this test, which may have ended between the two requests.
            await admin.PostStatusAsync($"/admin/workers/{MomQueues.MathSteps}/resume");
        }
    }

    [Fact]
    public async Task Every_route_of_the_api_is_there()
    {
        var system = await stack.SystemAsync();
        using var http = new HttpClient { BaseAddress = new Uri(system.Api) };
        var paths = (await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");
        var routes = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToList();
        Assert.NotEmpty(routes);

        // GET /job/my also looks like GET /job/{id}: the route with the fewest parameters is meant.
        var sent = File.Requests.Select(request => routes
            .Where(route => IsOf(route, $"{request.Method} {request.Path}"))
            .MinBy(route => route.Count(character => character is '{')));
        Assert.Empty(routes.Except(sent));
    }

    [Fact]
    public void The_postman_collection_is_the_same()
    {
        var expected = PostmanCollection.Of(File);
        if (ApprovedFiles.Approving)
        {
            System.IO.File.WriteAllText(Collection, expected);
        }

        Assert.True(
            string.Equals(expected, System.IO.File.ReadAllText(Collection), StringComparison.Ordinal),
            "requests.postman_collection.json should be made from requests.http: run `MOM_APPROVE=1 ./mom test docs` and commit it.");
        // A collection runs its folders one after another.
        var folders = File.Requests.Select(request => request.Group).ToList();
        Assert.Equal(folders.Distinct(StringComparer.Ordinal), folders.Where((folder, index) => index == 0 || !string.Equals(folders[index - 1], folder, StringComparison.Ordinal)));
    }

    private static bool IsOf(string route, string sent)
    {
        var (template, path) = (route.Split('/'), sent.Split('/'));
        return template.Length == path.Length && template.Zip(path).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    private static async Task DeadLettersAsync(RunningSystem system, ApiUser admin, int count)
    {
        var mark = $"{Guid.NewGuid():N}";
        for (var i = 0; i < count; i++)
        {
            await ForeignMessage.PublishAsync(system, MomQueues.MathSteps, "nonsense.v1", $$"""{"mark":"{{mark}}","i":{{i}}}""");
        }

        await Eventually.TrueAsync(
            async () => (await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={mark}")).Count == count, $"{count} dead letters should be stored");
    }
}
