using System.Globalization;
using Microsoft.Playwright;
using Mom.Tests.Support;
using Npgsql;

namespace Mom.Tests.Browser;

/// <summary>
/// How smooth the list of jobs and the picture stay with 10,000 jobs of one user and 50 new ones a second: frames and bytes a second, and tasks that
/// block the page for more than 50 ms (https://www.w3.org/TR/longtasks-1/). It measures, and asserts nothing that depends on the machine. Run it with
/// <c>dotnet Mom.Tests.dll -class Mom.Tests.Browser.SmoothnessMeasurement -explicit only -showLiveOutput</c>.
/// </summary>
[Trait("Group", "browser")]
public sealed class SmoothnessMeasurement(MomStack stack)
{
    private const int Stored = 10_000;
    private const int PerSecond = 50;
    private static readonly TimeSpan For = TimeSpan.FromSeconds(15);

    [Fact(Explicit = true)]
    public async Task Frames_and_bytes_a_second()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var admin = await ApiUser.AdminAsync(system);
        await StoreAsync(system.Connections.Momdb, user.Session.Id);
        // Fast, so that all jobs of a second end within it.
        using var fast = new StringContent("""{"minimumSeconds":0.01,"maximumSeconds":0.1,"failureRate":0}""", System.Text.Encoding.UTF8, "application/json");
        using var set = await admin.Http.PutAsync(new Uri("/admin/demo/math", UriKind.Relative), fast, TestContext.Current.CancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var jobs = await browser.PageAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });
        await new PanelPage(jobs, system.Panel).LogInAsync(user.Email);
        await Assertions.Expect(jobs.GetByTestId("job")).ToHaveCountAsync(20);
        await ReportAsync("jobs, nothing changes", jobs, user, load: false);
        await ReportAsync($"jobs, {PerSecond} a second", jobs, user, load: true);
        await jobs.CloseAsync();

        var sea = await browser.AdministratorAsync(system, new() { ViewportSize = new() { Width = 1440, Height = 1000 } });
        await sea.OpenAsync(system, "/admin", "Below sea level");
        await ReportAsync("Below sea level, nothing changes", sea, user, load: false);
        await ReportAsync($"Below sea level, {PerSecond} a second", sea, user, load: true);
        await sea.ShootAsync("admin/sea-under-load");
    }

    private static async Task ReportAsync(string what, IPage page, ApiUser user, bool load)
    {
        var bytes = 0L;
        var devTools = await page.Context.NewCDPSessionAsync(page);
        devTools.Event("Network.webSocketFrameReceived").OnEvent += (_, e) => bytes += e!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length * 3L / 4;
        devTools.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += (long)e!.Value.GetProperty("encodedDataLength").GetDouble();
        await devTools.SendAsync("Network.enable");
        await page.EvaluateAsync(
            """
            () => {
              const seen = window.seen = { frames: 0, worst: 0, blocked: 0, tasks: 0, last: performance.now(), began: performance.now() };
              const frame = now => { seen.frames++; seen.worst = Math.max(seen.worst, now - seen.last); seen.last = now; seen.request = requestAnimationFrame(frame); };
              seen.request = requestAnimationFrame(frame);
              seen.observer = new PerformanceObserver(list => { for (const task of list.getEntries()) { seen.tasks++; seen.blocked += task.duration; } });
              seen.observer.observe({ type: 'longtask' });
            }
            """);
        using var stop = new CancellationTokenSource(For);
        var ordered = load ? await OrderAsync(user, stop.Token) : 0;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        var figures = await page.EvaluateAsync<double[]>(
            "() => { cancelAnimationFrame(seen.request); seen.observer.disconnect(); const s = (performance.now() - seen.began) / 1000; return [seen.frames / s, seen.worst, seen.tasks, seen.blocked / s, s]; }");
        await devTools.DetachAsync();
        Assert.True(figures[0] > 0, "The page should draw.");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {figures[0]:0} frames/s, longest {figures[1]:0} ms; {figures[2]:0} long tasks, {figures[3]:0} ms of each second; {bytes / figures[4] / 1000:0.0} KB/s; {ordered / figures[4]:0} jobs/s were taken"));
    }

    /// <summary>Orders jobs at an even pace, and no faster than they are taken.</summary>
    private static async Task<int> OrderAsync(ApiUser user, CancellationToken stop)
    {
        var (ordered, slots) = (0, new SemaphoreSlim(16));
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        var running = new List<Task>();
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                await slots.WaitAsync(stop);
                running.Add(OneAsync());
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        await Task.WhenAll(running);
        slots.Dispose();
        return ordered;

        async Task OneAsync()
        {
            try
            {
                // 429 while there are too many that are not done: it is measured what is taken.
                if (await user.PostStatusAsync("/job", """{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""") is 201)
                {
                    Interlocked.Increment(ref ordered);
                }
            }
            finally
            {
                slots.Release();
            }
        }
    }

    // By the API it would take minutes, and the measurement is not about that.
    private static async Task StoreAsync(string connection, Guid user)
    {
        await using var database = NpgsqlDataSource.Create($"{connection};Pooling=false");
        await using var command = database.CreateCommand(
            """
            with made as (
              insert into jobs (id, user_id, type, status, run, reconciliations, created_at, updated_at)
              select gen_random_uuid(), $1, 'math', 'Succeeded', 1, 0, now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, $2) as n
              returning id)
            insert into job_steps (job_id, position, method, numbers, result, attempts) select id, 0, 'add', '{1,2,3}', '6', 1 from made
            """);
        command.Parameters.AddWithValue(user);
        command.Parameters.AddWithValue(Stored);
        await command.ExecuteNonQueryAsync();
    }
}
