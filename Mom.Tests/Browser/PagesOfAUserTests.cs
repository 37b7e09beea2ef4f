using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Mom.Contracts.Jobs;
using Mom.Contracts.Recurring;
using Mom.Contracts.Users;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

/// <summary>What a user does in the panel, page by page.</summary>
[Trait("Group", "browser")]
public sealed class PagesOfAUserTests(MomStack stack)
{
    private const string Sum = """{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""";
    private const string Many = """{"type":"math","details":[{"method":"add","numbers":"1,2,3"},{"method":"multiply","numbers":"6,7"},{"method":"factors","numbers":"360"},{"method":"subtract","numbers":"1,2"}]}""";
    private const string ZeroDivisor = """{"type":"math","details":[{"method":"add","numbers":"1,1"},{"method":"divide","numbers":"1,0"},{"method":"add","numbers":"2,2"}]}""";

    private static readonly int[] Widths = [390, 1024, 1920];

    // Its pictures are looked at by people: .mom/screenshots.
    [Fact]
    public async Task Every_page_fits_into_every_width_in_both_themes_and_complains_of_nothing()
    {
        await using var visit = await VisitAsync();
        var jobs = new List<Job>();
        foreach (var body in new[] { Sum, Many, ZeroDivisor, Scheduled(), Sum, Many })
        {
            jobs.Add(await visit.User.CreateJobAsync(body));
        }

        await visit.User.DoneAsync(jobs[^1].Id);
        await visit.User.PostAsync<Job>($"/job/{jobs[3].Id}/cancel");
        await visit.User.CreateJobAsync(Scheduled());
        await visit.User.DoneAsync(jobs[2].Id);
        await visit.User.CreateJobAsync($$"""{"type":"math","details":[{{string.Join(',', Enumerable.Repeat("""{"method":"add","numbers":"1,1"}""", 100))}}]}""");
        await SetUpRecurringAsync(visit);
        var pages = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["jobs"] = "/",
            ["jobs-filtered"] = "/?status=failed",
            ["jobs-none"] = "/?text=nothingofthekind",
            ["job"] = $"/jobs/{jobs[1].Id}",
            ["job-failed"] = $"/jobs/{jobs[2].Id}",
            ["recurring"] = "/recurring",
            ["notifications"] = "/notifications",
            ["account"] = "/account",
        };
        var watch = new PageWatch(visit.Page, new Uri(visit.Panel));
        var flaws = new List<string>();
        foreach (var (name, address) in pages)
        {
            await visit.GoAsync(address);
            await Assertions.Expect(visit.Page.Locator("[aria-busy=true], .mud-skeleton")).ToHaveCountAsync(0);
            if (name.StartsWith("jobs", StringComparison.Ordinal))
            {
                await Assertions.Expect(visit.Page.GetByTestId("count-succeeded")).ToBeVisibleAsync();
            }

            foreach (var width in Widths)
            {
                await visit.Page.SetViewportSizeAsync(width, width == 390 ? 844 : 1000);
                foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await visit.Page.ShowAsync(theme);
                    var file = $"{name}-{width}-{(theme is ColorScheme.Dark ? "dark" : "light")}";
                    await visit.Page.ShootAsync($"user/{file}");
                    Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{file} is wider than its window.");
                    Assert.True(await visit.Page.Locator("h1").CountAsync() == 1, $"{file} should have one heading of the first level.");
                    if (width == 1024)
                    {
                        flaws.AddRange((await visit.Page.FlawsAsync()).Select(flaw => $"{file}: {flaw}"));
                    }
                }
            }
        }

        flaws.AddRange(await FlawsOfWhatOpensAsync(visit));
        Assert.Empty(flaws);
        Assert.Empty(watch.Complaints);
    }

    [Fact]
    public async Task Back_leads_through_pages_filters_and_orders_of_the_list()
    {
        await using var visit = await VisitAsync();
        for (var i = 0; i < 25; i++)
        {
            await visit.User.CreateJobAsync(Scheduled());
        }

        await visit.GoAsync("/");
        var page = visit.Page;
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(20);
        await page.GetByLabel("Pages of jobs").GetByRole(AriaRole.Button, new() { Name = "Page 2" }).ClickAsync();
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(5);
        await Assertions.Expect(page).ToHaveURLAsync($"{visit.Panel}/?page=2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Scheduled 25" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{visit.Panel}/?status=scheduled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Created" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{visit.Panel}/?status=scheduled&sort=oldest");

        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{visit.Panel}/?status=scheduled");
        await page.GoBackAsync();
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(5);
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{visit.Panel}/");
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(20);

        // From an address with a page, too.
        await visit.GoAsync("/?page=2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancelled 0" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No job matches")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{visit.Panel}/?page=2");
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Many_operations_are_pasted_a_former_job_is_repeated_and_a_job_starts_at_a_time_of_ones_own()
    {
        await using var visit = await VisitAsync();
        var page = visit.Page;
        await visit.Button("Paste many").ClickAsync();
        await page.GetByLabel("Operations, one a line").FillAsync("1 + 2 + 3\nthis is none\nadd 4 5");
        await visit.Button("Add these").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Line 2" })).ToBeVisibleAsync();
        await page.GetByLabel("Operations, one a line").FillAsync("1 + 2 + 3\n6 * 7\nfactors of 360");
        await visit.Button("Add these").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Numbers")).ToHaveCountAsync(3);
        await visit.Button("Order job").ClickAsync();
        var job = visit.Jobs.First;
        await Assertions.Expect(job.GetByTestId("job-status")).ToHaveTextAsync("Succeeded");
        await Assertions.Expect(job).ToContainTextAsync("1 + 2 + 3 = 6 · 6 × 7 = 42");

        await job.GetByRole(AriaRole.Link, new() { Name = "Page of the job" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("timeline-operation")).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByTestId("timeline-operation").First).ToContainTextAsync("ran ");
        await page.GetByRole(AriaRole.Link, new() { Name = "Repeat" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Numbers").Nth(1)).ToHaveValueAsync("6, 7");

        await OrderTextAsync(visit);
        await visit.Button("Example").ClickAsync();
        // In the zone of the browser, whatever that of the server.
        await new PanelPage(page, visit.Panel).ChooseAsync(page.GetByLabel("Start"), "At a time of my own");
        await visit.Button("Order job").ClickAsync();
        await Assertions.Expect(page.GetByText("Choose a date and a time.")).ToBeVisibleAsync();
        // The click comes before the browser has said which moment that is.
        var clicked = new TaskCompletionSource();
        await page.RouteAsync(url => url.Contains("StartSelect", StringComparison.Ordinal), async route =>
        {
            await clicked.Task;
            await route.ContinueAsync();
        });
        await page.GetByLabel("Date and time").FillAsync($"{DateTime.UtcNow.AddDays(30):yyyy-MM-dd}T08:30");
        await page.GetByLabel("Date and time").BlurAsync();
        await visit.Button("Order job").ClickAsync();
        clicked.SetResult();
        await Assertions.Expect(visit.Jobs.First.GetByTestId("job-status")).ToHaveTextAsync("Scheduled");
        await Assertions.Expect(visit.Jobs.First).ToContainTextAsync(", 08:30");
        var scheduled = (await visit.User.GetAsync<IReadOnlyList<Job>>("/job/my"))[0];
        Assert.Equal("23:00", $"{scheduled.RunAt!.Value.UtcDateTime:HH:mm}");
    }

    [Fact]
    public async Task Chosen_jobs_are_cancelled_and_retried_together_and_what_is_set_for_seven_days_says_so()
    {
        await using var visit = await VisitAsync();
        for (var i = 0; i < 3; i++)
        {
            await visit.User.CreateJobAsync(Scheduled());
        }

        await visit.GoAsync("/");
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(3);
        await Assertions.Expect(visit.Jobs.First).ToContainTextAsync("in 7 days");
        await visit.Page.GetByLabel("Choose all jobs of this page").CheckAsync();
        // Until the server has answered, the box is not checked, and to uncheck it would do nothing.
        await Assertions.Expect(visit.Button("Cancel 3")).ToBeVisibleAsync();
        await visit.Jobs.Nth(2).GetByRole(AriaRole.Checkbox).UncheckAsync();
        await visit.Button("Cancel 2").ClickAsync();
        await Assertions.Expect(visit.Page.GetByTestId("job-status")).ToHaveTextAsync(["Cancelled", "Cancelled", "Scheduled"]);
        await Assertions.Expect(visit.Button("Cancelled 2")).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Choose all jobs of this page").CheckAsync();
        await visit.Button("Retry 2").ClickAsync();
        await Assertions.Expect(visit.Page.GetByTestId("job-status")).ToHaveTextAsync(["Scheduled", "Scheduled", "Scheduled"]);
    }

    [Fact]
    public async Task A_user_ends_another_session_and_changes_the_password()
    {
        await using var visit = await VisitAsync();
        using var elsewhere = await ApiUser.LoginAsync((await stack.SystemAsync()).Api, visit.User.Email);
        await visit.GoAsync("/account");
        var sessions = visit.Page.GetByTestId("session");
        // The browser's, and the two of this test.
        await Assertions.Expect(sessions).ToHaveCountAsync(3);
        await sessions.Filter(new() { HasNotText = "this one" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(sessions).ToHaveCountAsync(2);
        Assert.Equal(1, (await Task.WhenAll(StatusAsync(elsewhere), StatusAsync(visit.User))).Count(status => status == HttpStatusCode.Unauthorized));

        await FillAsync("wrong horse", "another horse battery", "another horse");
        await Assertions.Expect(visit.Page.GetByText("This is not the same.")).ToBeVisibleAsync();
        await FillAsync("wrong horse", "another horse battery", "another horse battery");
        await Assertions.Expect(visit.Page.GetByText("The present password is wrong.")).ToBeVisibleAsync();
        await FillAsync("correct horse", "another horse battery", "another horse battery");
        await Assertions.Expect(visit.Page.GetByText("The password is changed.")).ToBeVisibleAsync();
        await Assertions.Expect(sessions).ToHaveCountAsync(1);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(elsewhere));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(visit.User));
        using var login = await visit.User.Http.PostAsJsonAsync("/login", new LoginBody(visit.User.Email, "another horse battery"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);

        async Task FillAsync(string present, string wanted, string again)
        {
            await visit.Page.GetByLabel("Present password").FillAsync(present);
            await visit.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(wanted);
            await visit.Page.GetByLabel("New password once more").FillAsync(again);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        }

        static async Task<HttpStatusCode> StatusAsync(ApiUser user)
        {
            using var answer = await user.Http.GetAsync(new Uri("/auth-test", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task What_is_read_in_one_window_is_read_in_the_other_many_at_once_are_one_toast_and_menus_close()
    {
        await using var visit = await VisitAsync();
        var other = await visit.Page.Context.NewPageAsync();
        other.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        await other.GotoAsync($"{visit.Panel}/notifications");
        await Assertions.Expect(other.GetByLabel("Connection: live")).ToBeVisibleAsync();
        var jobs = new List<Job>();
        for (var i = 0; i < 6; i++)
        {
            jobs.Add(await visit.User.CreateJobAsync(Sum));
        }

        foreach (var job in jobs)
        {
            await visit.User.DoneAsync(job.Id);
        }

        // Those of the page: the bell has them too.
        var listed = other.GetByRole(AriaRole.Main).GetByTestId("notification");
        await Assertions.Expect(listed).ToHaveCountAsync(6);
        await Assertions.Expect(listed.First).ToContainTextAsync("1 + 2 + 3 = 6");
        Assert.InRange(await visit.Page.Locator(".mud-snackbar").CountAsync(), 0, 1);

        var bell = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 6 unread" });
        var sheet = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" });
        await bell.ClickAsync();
        await visit.Page.ShootAsync("user/bell", fullPage: false);
        await visit.Button("Mark all as read").ClickAsync();
        await Assertions.Expect(other.GetByText("all read")).ToBeVisibleAsync();
        await Assertions.Expect(sheet).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications", Exact = true }).ClickAsync();
        await Assertions.Expect(sheet).ToBeVisibleAsync();
        await ClickElsewhereAsync();
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        var logOut = visit.Button("Log out");
        await visit.Page.GetByLabel("Account of").ClickAsync();
        await Assertions.Expect(logOut).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(logOut).ToBeHiddenAsync();
        await visit.Page.GetByLabel("Account of").ClickAsync();
        await Assertions.Expect(logOut).ToBeVisibleAsync();
        await ClickElsewhereAsync();
        await Assertions.Expect(logOut).ToBeHiddenAsync();

        Task ClickElsewhereAsync() => visit.Page.Mouse.ClickAsync(600, 20);
    }

    [Fact]
    public async Task The_pill_says_live_only_while_api_socket_and_broker_are_there_and_the_page_catches_up_without_a_reload()
    {
        await using var visit = await VisitAsync();
        var system = await stack.SystemAsync();
        await visit.Page.EvaluateAsync("window.sameDocument = true");
        await StopStartAsync(ResourceNames.Api, "delayed");
        await StopStartAsync(ResourceNames.Socket, "reconnecting");
        await StopStartAsync(ResourceNames.RabbitMq, "delayed");
        await visit.User.CreateJobAsync(Sum);
        await Assertions.Expect(visit.Jobs.First.GetByTestId("job-status")).ToHaveTextAsync("Succeeded");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.sameDocument === true"), "It should catch up without a reload.");

        async Task StopStartAsync(string service, string word)
        {
            await system.StopAsync(service);
            try
            {
                await Assertions.Expect(visit.Page.GetByLabel($"Connection: {word}")).ToBeVisibleAsync();
                Assert.Empty(await visit.Page.FlawsAsync());
            }
            finally
            {
                await system.StartAsync(service);
                await system.HealthyAsync(service);
            }

            await Assertions.Expect(visit.Page.GetByLabel("Connection: live")).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/login", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    public async Task Head_is_answered_as_get_without_a_body(string path, HttpStatusCode status)
    {
        var system = await stack.SystemAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(system.Panel) };
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await client.SendAsync(request, TestContext.Current.CancellationToken);
        using var get = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((status, status), (head.StatusCode, get.StatusCode));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(get.Content.Headers.ContentType?.MediaType, head.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<IReadOnlyList<string>> FlawsOfWhatOpensAsync(Visit visit)
    {
        // On a phone the rail is a drawer.
        await visit.Page.SetViewportSizeAsync(390, 844);
        var account = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true });
        await Assertions.Expect(account).ToBeHiddenAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pages", Exact = true }).ClickAsync();
        await Assertions.Expect(account).ToBeVisibleAsync();
        await visit.Page.ShootAsync("user/drawer-390", fullPage: false);
        var flaws = new List<string>(await visit.Page.FlawsInBothThemesAsync("the drawer of a phone"));
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(account).ToBeHiddenAsync();

        await visit.Page.SetViewportSizeAsync(1400, 1000);
        await visit.GoAsync("/");
        flaws.AddRange(await visit.Page.FlawsOfMenusAsync());
        await visit.Button("Paste many").ClickAsync();
        await visit.Page.GetByLabel("Operations, one a line").FillAsync("this is none");
        await visit.Button("Add these").ClickAsync();
        await visit.Jobs.First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.Jobs.First.Locator("button.open").ClickAsync();
        await visit.Page.GetByLabel("Start").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Option, new() { Name = "In an hour" })).ToBeVisibleAsync();
        flaws.AddRange(await visit.Page.FlawsInBothThemesAsync("a list, a job and a box with an error open"));
        await visit.GoAsync("/recurring");
        await visit.Button("Set it up").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await visit.Page.GetByTestId("recurring").First.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Delete it?")).ToBeVisibleAsync();
        flaws.AddRange(await visit.Page.FlawsInBothThemesAsync("a recurring job that is set up without a name, and one about to be deleted"));
        return flaws;
    }

    private static async Task SetUpRecurringAsync(Visit visit)
    {
        foreach (var (name, cron, zone) in new[] { ("Sums of the night", "0 2 * * *", "Europe/Ljubljana"), ("Every so often", "*/20 8-16 * * 1-5", "America/New_York"), ("On hold", "0 * * * *", "UTC") })
        {
            await visit.User.CreateAsync<RecurringJob>("/recurring", $$"""{"name":"{{name}}","cron":"{{cron}}","timeZone":"{{zone}}","job":{{Many}}}""");
        }

        var onHold = (await visit.User.GetAsync<IReadOnlyList<RecurringJob>>("/recurring")).Single(job => job.Name == "On hold");
        await visit.User.PostAsync<RecurringJob>($"/recurring/{onHold.Id}/pause");
    }

    // A little before: it is 7 days when the page shows it, or a moment less.
    private static string Scheduled() =>
        $$"""{"type":"math","runAt":"{{DateTime.UtcNow.AddDays(7):yyyy-MM-ddTHH:mm:ssZ}}","details":[{"method":"add","numbers":"1,1"}]}""";

    private static async Task OrderTextAsync(Visit visit)
    {
        var types = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Type of job" });
        await types.GetByText("text").ClickAsync();
        var text = visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true });
        await text.FillAsync("to be or not to be");
        await visit.Button("Order job").ClickAsync();
        await Assertions.Expect(visit.Jobs.First).ToContainTextAsync("words(\"to be or not to be\") = 6");
        // The answer to the order may come after the job in the list, and empties the form.
        await Assertions.Expect(text).ToHaveValueAsync("");

        await types.GetByText("math").ClickAsync();
    }

    private Task<Visit> VisitAsync() => Visit.StartAsync(stack);
}
