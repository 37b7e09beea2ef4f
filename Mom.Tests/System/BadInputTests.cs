using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class BadInputTests(MomStack stack)
{
    [Theory]
    [InlineData("/register", "{}", 400)]
    [InlineData("/register", """{"firstName":1}""", 400)]
    [InlineData("/register", "{", 400)]
    [InlineData("/register", "", 400)]
    [InlineData("/login", "{}", 400)]
    [InlineData("/login", """{"email":"nobody@example.org","password":"wrong horse"}""", 401)]
    [InlineData("/job", "{}", 400)]
    [InlineData("/job", """{"type":"poem","details":[{"method":"add","numbers":"1"}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[null]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[{"method":"root","numbers":"4"}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[{"method":"add","numbers":""}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[{"method":"add","numbers":[]}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[{"method":"add","numbers":"1,two"}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[{"method":"add","numbers":[[1]]}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":[{"method":"factors","numbers":"1.5"}]}""", 400)]
    [InlineData("/job", """{"type":"math","details":7}""", 400)]
    [InlineData("/notification/read", """{"ids":["x"]}""", 400)]
    public async Task A_bad_body_is_a_problem_and_reaches_no_queue(string route, string body, int status)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var answer = await user.PostAsync(route, body);
        await AssertProblemAsync(answer, status);
        Assert.Empty(await user.GetAsync<IReadOnlyList<Job>>("/job/my"));
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_too_large()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        user.Http.DefaultRequestHeaders.ExpectContinue = true;
        using var answer = await user.PostAsync("/job", $$"""{"type":"{{new string('x', 10_000_000)}}"}""");
        await AssertProblemAsync(answer, 413);
    }

    [Theory]
    [InlineData("/job/my")]
    [InlineData("/auth-test")]
    [InlineData("/notification")]
    [InlineData("/user")]
    [InlineData("/logout")]
    [InlineData("/renew-token")]
    public async Task Without_a_token_there_is_nothing_to_see(string route)
    {
        using var http = new HttpClient { BaseAddress = new Uri((await stack.SystemAsync()).Api) };
        using var answer = await http.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertProblemAsync(answer, 401);
    }

    [Fact]
    public async Task Somebody_elses_job_is_not_found()
    {
        var system = await stack.SystemAsync();
        using var ann = await ApiUser.RegisterAsync(system.Api);
        using var bob = await ApiUser.RegisterAsync(system.Api);
        var job = await ann.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");

        using var answer = await bob.Http.GetAsync(new Uri($"/job/{job.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertProblemAsync(answer, 404);
    }

    [Fact]
    public async Task The_list_of_users_is_for_administrators()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var answer = await user.Http.GetAsync(new Uri("/user", UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertProblemAsync(answer, 403);
    }

    [Fact]
    public async Task After_a_logout_the_token_is_worth_nothing()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var logout = await user.PostAsync("/logout", string.Empty);
        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        using var answer = await user.Http.GetAsync(new Uri("/auth-test", UriKind.Relative), TestContext.Current.CancellationToken);
        await AssertProblemAsync(answer, 401);
    }

    [Fact]
    public async Task The_same_address_registers_once()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var again = await user.PostAsync("/register", $$"""{"firstName":"A","lastName":"B","email":"{{user.Email.ToUpperInvariant()}}","password":"another horse"}""");
        await AssertProblemAsync(again, 409);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(32, problem.GetProperty("traceId").GetString()!.Length);
    }
}
