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

    public async Task<Job> CreateJobAsync(string json)
    {
        using var answer = await PostAsync("/job", json);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Job>(Json))!;
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

    public async Task<T> GetAsync<T>(string path) => (await Http.GetFromJsonAsync<T>(path, Json))!;

    /// <summary>Looks until the job is done.</summary>
    public async Task<Job> DoneAsync(Guid id)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (true)
        {
            var job = await GetAsync<Job>($"/job/{id}");
            if (job.Done)
            {
                return job;
            }

            Assert.True(DateTime.UtcNow < deadline, $"The job should be done within 60 s, but is {job.Status} with {job.Progress.Completed} of {job.Progress.Total}.");
            await Task.Delay(100);
        }
    }

    public void Dispose() => Http.Dispose();
}
