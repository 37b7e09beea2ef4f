using System.Diagnostics;
using Mom.Contracts.Users;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>Logging in, at an API with the settings that it has without any.</summary>
[Trait("Group", "security")]
public sealed class LoginTests(MomStack stack)
{
    private static readonly string[] OfTests = ["Throttle__", "Passwords__"];

    // How much longer each wait is than the one before shows ThrottleTests; here none may end while a busy machine looks.
    private static readonly Dictionary<string, string> LongWaits = new(StringComparer.Ordinal) { ["Throttle__FirstDelay"] = "00:05:00" };

    [Fact]
    public async Task Guessing_is_slowed_down_and_not_even_the_right_password_gets_in_meanwhile()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, without: OfTests, settings: LongWaits);
        using var user = await ApiUser.RegisterAsync(system.Api);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(401, (await LoginAsync(api, user.Email, "wrong horse", From(i))).Status);
        }

        Assert.Equal((429, "Too many attempts. Try again in 5 minutes."), await LoginAsync(api, user.Email, "wrong horse", From(9)));
        using (var right = await SecurityCalls.CallAsync(api.Address, HttpMethod.Post, "/login", token: null, new LoginBody(user.Email, "correct horse"), From(9)))
        {
            Assert.Equal((429, true), ((int)right.StatusCode, right.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1)));
        }

        // Somebody else's account is not concerned.
        using var another = await ApiUser.RegisterAsync(system.Api);
        Assert.Equal(200, (await LoginAsync(api, another.Email, "correct horse", From(9))).Status);
    }

    [Fact]
    public async Task A_registration_says_who_is_registered_only_so_often()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, without: OfTests, settings: LongWaits);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var body = new RegisterBody("Ann", "Lee", user.Email, "analytical-engine");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(409, (await SecurityCalls.StatusAsync(api.Address, HttpMethod.Post, "/register", token: null, body, From(i))).Status);
        }

        Assert.Equal(429, (await SecurityCalls.StatusAsync(api.Address, HttpMethod.Post, "/register", token: null, body, From(9))).Status);
    }

    [Fact]
    public async Task Beside_sixty_wrong_logins_at_once_an_honest_one_gets_in()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, without: OfTests);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var flood = Enumerable.Range(0, 60).Select(i => LoginAsync(api, $"{Guid.NewGuid():N}@example.org", "wrong horse", "10.66.6.6")).ToList();

        var clock = Stopwatch.StartNew();
        var honest = await LoginAsync(api, user.Email, "correct horse", From(1));
        var after = clock.Elapsed;
        var answers = await Task.WhenAll(flood);

        Assert.Equal((200, null), honest);
        // Those that found no place were told at once, and did not wait for one.
        Assert.All(answers, answer => Assert.True(answer.Status is 401 or 429 or 503, $"It should be refused, but is {answer.Status}."));
        Assert.Contains(answers, answer => answer.Status is 401);
        Assert.Contains(answers, answer => answer.Status is 429 or 503);
        TestContext.Current.TestOutputHelper?.WriteLine($"the honest login took {after.TotalMilliseconds:0} ms; of the others {string.Join(", ", answers.CountBy(answer => answer.Status).Select(pair => $"{pair.Value} were {pair.Key}"))}");
    }

    [Fact]
    public async Task Nobody_learns_from_a_login_who_is_registered()
    {
        const int tries = 12;
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, without: OfTests);
        var users = new List<ApiUser>();
        for (var i = 0; i < tries / 4; i++)
        {
            users.Add(await ApiUser.RegisterAsync(system.Api));
        }

        var (known, unknown) = (new List<double>(), new List<double>());
        await LoginAsync(api, $"{Guid.NewGuid():N}@example.org", "wrong horse", From(0));
        for (var i = 0; i < tries; i++)
        {
            var first = await TimedAsync(api, users[i % users.Count].Email, i, known);
            var second = await TimedAsync(api, $"{Guid.NewGuid():N}@example.org", i + 100, unknown);
            Assert.Equal((401, "The e-mail address or the password is wrong."), first);
            Assert.Equal(first, second);
        }

        users.ForEach(user => user.Dispose());
        // Measured, for people to read; that the work is the same is shown by counting it: see PasswordsTests.
        TestContext.Current.TestOutputHelper?.WriteLine($"medians: {Median(known):0} ms with a wrong password, {Median(unknown):0} ms with an unknown address");
    }

    [Fact]
    public async Task A_hash_of_a_weaker_setting_is_replaced_after_the_next_login()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, without: OfTests);
        // With the setting of tests.
        using var user = await ApiUser.RegisterAsync(system.Api);
        var before = await HashAsync(system, user);
        await SecurityCalls.LoginAsync(api.Address, user.Email);

        var after = before;
        await Eventually.TrueAsync(async () => (after = await HashAsync(system, user)) != before, "the hash should be replaced");
        Assert.Equal((1_000, PasswordHashing.Iterations), (Iterations(before), Iterations(after)));
        await SecurityCalls.LoginAsync(api.Address, user.Email);
        Assert.Equal(after, await HashAsync(system, user));
    }

    private static async Task<(int Status, string? Detail)> TimedAsync(ServiceReplica api, string email, int from, List<double> times)
    {
        var clock = Stopwatch.StartNew();
        var answer = await LoginAsync(api, email, "wrong horse", From(from));
        times.Add(clock.Elapsed.TotalMilliseconds);
        return answer;
    }

    private static Task<(int Status, string? Detail)> LoginAsync(ServiceReplica api, string email, string password, string from) =>
        SecurityCalls.StatusAsync(api.Address, HttpMethod.Post, "/login", token: null, new LoginBody(email, password), from);

    // Addresses of this run alone: what they did is remembered for a day.
    private static string From(int number) => $"10.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}.{number}";

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<string> HashAsync(RunningSystem system, ApiUser user) => (await UserRows.ListAsync(system, "select password_hash from users where id = $1", user.Session.Id))[0];

    private static int Iterations(string hash) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));
}
