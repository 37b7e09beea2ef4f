using Microsoft.Playwright;
using Mom.Contracts;
using Mom.Contracts.Operations;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
[Trait("Lane", "faults")]
public sealed class AdminQueuesTests(MomStack stack)
{
    [Fact]
    public async Task A_queue_that_is_paused_says_so_with_what_waits_and_goes_on_when_it_is_resumed()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system, new() { ViewportSize = new() { Width = 1600, Height = 1100 } });
        await page.OpenAsync(system, "/admin/queues?queue=math.steps", "Queues");
        var queue = page.GetByTestId($"queue-{MomQueues.MathSteps}");
        try
        {
            await queue.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
            await queue.GetByRole(AriaRole.Button, new() { Name = "Pause it" }).ClickAsync();
            await Assertions.Expect(queue.GetByTestId("why")).ToContainTextAsync("Paused by an administrator");
            var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");
            await Assertions.Expect(queue.GetByTestId("why")).ToHaveTextAsync("Paused by an administrator: 1 message waits until it is resumed.");
            await page.ShootAsync("admin/queues-paused");

            await page.OpenAsync(system, "/admin", "Below sea level");
            await Assertions.Expect(page.GetByTestId("sea-steps")).ToContainTextAsync("paused");
            await page.OpenAsync(system, "/admin/queues", "Queues");
            await queue.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
            await Assertions.Expect(queue.GetByTestId("why")).Not.ToContainTextAsync("Paused");
            await user.DoneAsync(job.Id);
        }
        finally
        {
            await admin.PostAsync<IReadOnlyList<WorkerStatus>>("/admin/workers/math.steps/resume");
        }
    }

    [Fact]
    public async Task A_worker_that_is_stopped_turns_grey_and_its_queue_says_why_it_waits()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system, new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1600, Height = 1100 } });
        await page.OpenAsync(system, "/admin", "Below sea level");
        var worker = page.GetByTestId("sea-job-worker");
        await Assertions.Expect(worker).Not.ToContainClassAsync("gone");
        Mom.Contracts.Jobs.Job job;
        try
        {
            await system.StopAsync(ResourceNames.MathWorker);
            job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");
            await Assertions.Expect(worker).ToContainClassAsync("gone");
            await Assertions.Expect(page.GetByTestId("sea-steps")).ToContainTextAsync("no consumer");
            await page.ShootAsync("admin/sea-worker-gone");
            await page.OpenAsync(system, "/admin/queues", "Queues");
            await Assertions.Expect(page.GetByTestId($"queue-{MomQueues.MathSteps}").GetByTestId("why")).ToHaveTextAsync("No consumer: 1 message waits until a worker with the role math is there.");
            await page.OpenAsync(system, "/admin", "Below sea level");
        }
        finally
        {
            await system.StartAsync(ResourceNames.MathWorker);
            await system.HealthyAsync(ResourceNames.MathWorker);
        }

        await Assertions.Expect(worker).Not.ToContainClassAsync("gone");
        await user.DoneAsync(job.Id);
    }

    [Fact]
    public async Task A_picture_without_motion_has_no_dots_that_travel()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system, new() { ReducedMotion = ReducedMotion.Reduce });
        await page.OpenAsync(system, "/admin", "Below sea level");

        // The page's own questions are messages: there is always one.
        await Assertions.Expect(page.Locator(".dot.request").First).ToBeAttachedAsync();
        Assert.Equal("none", await page.Locator(".dot.request").First.EvaluateAsync<string>("dot => getComputedStyle(dot).display"));
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        Assert.Equal("running", await page.Locator(".dot.request").First.EvaluateAsync<string>("dot => dot.getAnimations()[0].playState"));
    }

    [Fact]
    public async Task All_that_moves_in_the_picture_is_moved_by_the_compositor_alone()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system);
        await page.OpenAsync(system, "/admin", "Below sea level");
        await Assertions.Expect(page.Locator(".dot.request").First).ToBeAttachedAsync();

        // Chromium draws an element inside an SVG anew for each frame, and all others for any other property.
        var others = await page.EvaluateAsync<string[]>(
            """
            () => document.querySelector('[data-testid=sea]').getAnimations({ subtree: true })
              .filter(one => one instanceof CSSAnimation && (one.effect.target.ownerSVGElement
                || one.effect.getKeyframes().some(frame => Object.keys(frame).some(name => !['transform', 'opacity', 'offset', 'computedOffset', 'easing', 'composite'].includes(name)))))
              .map(one => `${one.animationName} of ${one.effect.target.outerHTML}`)
            """);
        Assert.Empty(others);
        Assert.True(await page.Locator(".dot.request").First.EvaluateAsync<bool>(
            "async dot => { const one = dot.getAnimations()[0]; one.pause(); one.currentTime = 0; const from = dot.getBoundingClientRect(); one.currentTime = one.effect.getComputedTiming().duration / 2; "
            + "const to = dot.getBoundingClientRect(); one.play(); return Math.hypot(to.x - from.x, to.y - from.y) > 5; }"), "A dot should travel.");
    }

    [Fact]
    public async Task While_frames_are_late_the_picture_moves_in_steps_and_then_smoothly_again()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system);
        // The browser's frames as the page sees them, 100 ms apart.
        await page.AddInitScriptAsync("{ let now = 0; window.requestAnimationFrame = callback => setTimeout(() => callback(now += 100), 1); }");
        await page.OpenAsync(system, "/admin", "Below sea level");

        await Assertions.Expect(page.Locator("sea-pace[in-steps]")).ToBeAttachedAsync();
        var dot = page.Locator(".dot.request").First;
        const string Easing = "dot => dot.getAnimations()[0].effect.getTiming().easing";
        Assert.StartsWith("steps(", await dot.EvaluateAsync<string>(Easing), StringComparison.Ordinal);
        await page.Locator("sea-pace").EvaluateAsync("pace => { for (let look = 0; look < 100; look++) pace.judge(16); }");
        Assert.Equal("linear", await dot.EvaluateAsync<string>(Easing));
    }
}
