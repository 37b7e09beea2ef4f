using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Users;
using Mom.Testing;

namespace Mom.Tests.Support;

/// <summary>Somebody who uses the API over HTTP.</summary>
public sealed class ApiUser : IDisposable
{
    private const string Password = "correct horse";

    // Retry-After speaks of seconds, to spare a server with many clients; here there is one.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly JsonSerializerOptions Json = MomJsonContext.Default.Options;

    private readonly string _password;

    private ApiUser(HttpClient http, string email, string password = Password) => (Http, Email, _password) = (http, email, password);

    public HttpClient Http { get; }

    public string Email { get; }

    public Session Session { get; private set; } = null!;

    /// <summary>Registers somebody new and logs in.</summary>
    public static async Task<ApiUser> RegisterAsync(string api)
    {
        var user = new ApiUser(new HttpClient { BaseAddress = new Uri(api) }, $"{Guid.NewGuid():N}@example.org");
        using var registered = await user.Http.PostAsJsonAsync("/register", new RegisterBody("Ann", "Lee", user.Email, Password), Json);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        await user.LoginAsync();
        return user;
    }

    /// <summary>Logs somebody in who has registered before.</summary>
    public static async Task<ApiUser> LoginAsync(string api, string email)
    {
        var user = new ApiUser(new HttpClient { BaseAddress = new Uri(api) }, email);
        await user.LoginAsync();
        return user;
    }

    /// <summary>Logs in as the administrator that every system has.</summary>
    public static async Task<ApiUser> AdminAsync(RunningSystem system)
    {
        var admin = new ApiUser(new HttpClient { BaseAddress = new Uri(system.Api) }, RunSettings.AdminEmail, RunSettings.AdminPassword);
        await admin.LoginAsync();
        return admin;
    }

    /// <summary>What a person would see of a job from its order to its end.</summary>
    public static async Task<Job> RunJobAsync(string api)
    {
        using var user = await RegisterAsync(api);
        return await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""")).Id);
    }

    public async Task LoginAsync()
    {
        using var answer = await Http.PostAsJsonAsync("/login", new LoginBody(Email, _password), Json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Session = (await answer.Content.ReadFromJsonAsync<Session>(Json))!;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Session.AccessToken);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        Http.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public Task<Job> CreateJobAsync(string json) => CreateAsync<Job>("/job", json);

    /// <summary>Posts a body and reads the answer, which must be 201.</summary>
    public async Task<T> CreateAsync<T>(string path, string json)
    {
        using var answer = await PostAsync(path, json);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
    }

    /// <summary>Posts without a body, or with one, and reads the answer, which must be 200.</summary>
    public async Task<T> PostAsync<T>(string path, string json = "{}")
    {
        using var answer = await PostAsync(path, json);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"POST {path} should be 200, but is {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
    }

    /// <summary>The status of a POST.</summary>
    public async Task<int> PostStatusAsync(string path, string json = "{}")
    {
        using var answer = await PostAsync(path, json);
        return (int)answer.StatusCode;
    }

    /// <summary>
    /// Reads, as a good client does: an answer of 503 that says when to come back is no failure, but asked for again, sooner than it says. A
    /// test that is about the 503 asks by <see cref="Http"/>.
    /// </summary>
    public async Task<T> GetAsync<T>(string path)
    {
        var deadline = DateTime.UtcNow + Patience.Limit;
        while (true)
        {
            using var answer = await Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
            if (answer.IsSuccessStatusCode)
            {
                return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
            }

            if (answer is not { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null } || DateTime.UtcNow >= deadline)
            {
                Assert.Fail($"GET {path} should be answered, at the latest within {Patience.Limit.TotalMinutes:0} minutes, but is {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }

            await Task.Delay(AskAgainAfter);
        }
    }

    /// <summary>Looks until the job is done.</summary>
    public async Task<Job> DoneAsync(Guid id)
    {
        Job job = null!;
        await Eventually.TrueAsync(
            async () => (job = await GetAsync<Job>($"/job/{id}")).Done,
            () => $"the job {id} should be done, but is {job.Status} with {job.Progress.Completed} of {job.Progress.Total}");
        return job;
    }

    public void Dispose() => Http.Dispose();
}
