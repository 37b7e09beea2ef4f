using System.Globalization;
using System.Net;
using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class UnconfirmedTests(MomStack stack)
{
    private const string OneOperation = """{"type":"math","details":[{"method":"add","numbers":"1,2"}]}""";

    [Fact]
    public async Task What_may_have_arrived_is_accepted_with_the_place_to_look_and_never_asked_for_again()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var before = await user.CreateJobAsync(OneOperation);
        string[] routes = ["/job", $"/job/{before.Id}/cancel", "/notification/read", "/register"];
        var email = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}@example.org");
        string[] bodies = [OneOperation, "{}", "{}", $$"""{"firstName":"Ann","lastName":"Lee","email":"{{email}}","password":"correct horse"}"""];
        List<(string Location, JsonElement Body)> answers = [];

        // Connected and silent: what is written into the connection may or may not be read one day.
        system.Freeze(ResourceNames.RabbitMq);
        try
        {
            foreach (var (answer, route) in (await Task.WhenAll(routes.Zip(bodies).Select(pair => user.PostAsync(pair.First, pair.Second)))).Zip(routes))
            {
                using (answer)
                {
                    var text = await answer.Content.ReadAsStringAsync();
                    Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{route} should be 202, but is {(int)answer.StatusCode}: {text}");
                    answers.Add((answer.Headers.Location!.OriginalString, JsonDocument.Parse(text).RootElement.Clone()));
                }
            }
        }
        finally
        {
            system.Thaw(ResourceNames.RabbitMq);
        }

        Assert.All(answers, answer => Assert.False(answer.Body.GetProperty("confirmed").GetBoolean()));
        var id = answers[0].Body.GetProperty("id").GetGuid();
        Assert.Equal($"/job/{id}", answers[0].Location);
        await system.HealthyAsync(ResourceNames.Api);
        await Eventually.TrueAsync(
            async () =>
            {
                using var found = await user.Http.GetAsync(new Uri(answers[0].Location, UriKind.Relative));
                return found.StatusCode == HttpStatusCode.OK;
            },
            "the job should be where the answer said");
        Assert.Equal([id, before.Id], (await user.GetAsync<IReadOnlyList<Job>>("/job/my")).Select(job => job.Id));
    }

    [Fact]
    public async Task What_has_certainly_not_arrived_is_a_503_with_the_time_to_come_back()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await system.StopAsync(ResourceNames.RabbitMq, StopMode.Kill);
        try
        {
            foreach (var route in (string[])["/job", $"/job/{Guid.NewGuid()}/cancel", "/notification/read"])
            {
                using var answer = await user.PostAsync(route, route == "/job" ? OneOperation : "{}");
                Assert.Equal((503, true), ((int)answer.StatusCode, answer.Headers.RetryAfter is not null));
            }
        }
        finally
        {
            await system.StartAsync(ResourceNames.RabbitMq);
            await system.HealthyAsync(ResourceNames.RabbitMq);
        }

        await Eventually.TrueAsync(async () => await user.PostStatusAsync("/job", OneOperation) == 201, "jobs should be accepted again");
    }
}
