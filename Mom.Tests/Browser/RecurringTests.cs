using Microsoft.Playwright;
using Mom.Tests.Support;
using Npgsql;

namespace Mom.Tests.Browser;

/// <summary>Jobs that recur, and jobs of which there is one at a time.</summary>
[Trait("Group", "browser")]
public sealed class RecurringTests(MomStack stack)
{
    [Fact]
    public async Task A_job_is_set_up_to_recur_paused_resumed_and_deleted()
    {
        await using var visit = await Visit.StartAsync(stack);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Recurring" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing recurs yet")).ToBeVisibleAsync();
        await visit.Button("Set it up").ClickAsync();
        await Assertions.Expect(page.GetByText("Give it a name.")).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("Sums");
        await page.GetByLabel("Time zone").FillAsync("Europe/Ljubljana");
        await new PanelPage(page, visit.Panel).ChooseAsync(page.GetByLabel("When"), "A cron expression of my own");
        await page.GetByLabel("Cron expression").FillAsync("every now and then");
        await Assertions.Expect(page.GetByText("five fields")).ToBeVisibleAsync();
        await page.GetByLabel("Cron expression").FillAsync("0 0 1 1 *");
        await Assertions.Expect(page.GetByTestId("next-runs").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await page.GetByLabel("Numbers").FillAsync("1, 2, 3");
        await visit.Button("Set it up").ClickAsync();

        var recurring = page.GetByTestId("recurring");
        await Assertions.Expect(recurring).ToContainTextAsync("Europe/Ljubljana");
        // Due now, and not with the new year: the list shows the job that was made by itself.
        await using (var database = NpgsqlDataSource.Create($"{(await stack.SystemAsync()).Connections.Momdb};Pooling=false"))
        await using (var due = database.CreateCommand($"update recurring_jobs set next_run_at = now() where user_id = '{visit.User.Session.Id}'"))
        {
            await due.ExecuteNonQueryAsync();
        }

        await recurring.GetByRole(AriaRole.Link, new() { Name = "Last job of Sums" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("job-status").First).ToHaveTextAsync("Succeeded");

        await page.GoBackAsync();
        await visit.Button("Pause Sums").ClickAsync();
        await Assertions.Expect(recurring).ToContainTextAsync("Paused");
        await visit.Button("Resume Sums").ClickAsync();
        await Assertions.Expect(recurring).Not.ToContainTextAsync("Paused");
        await visit.Button("Delete Sums").ClickAsync();
        await visit.Button("Keep Sums").ClickAsync();
        await visit.Button("Delete Sums").ClickAsync();
        await visit.Button("Delete Sums for good").ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing recurs yet")).ToBeVisibleAsync();
        // The job stays.
        await visit.GoAsync("/");
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Of_a_key_there_is_one_job_at_a_time()
    {
        await using var visit = await Visit.StartAsync(stack);
        var page = visit.Page;
        for (var i = 0; i < 2; i++)
        {
            await page.GetByLabel("Numbers").FillAsync("4, 5");
            await new PanelPage(page, visit.Panel).ChooseAsync(page.GetByLabel("Start"), "In an hour");
            if (!await page.GetByLabel("Only one at a time").IsVisibleAsync())
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
            }

            await page.GetByLabel("Only one at a time").FillAsync("nightly");
            await visit.Button("Order job").ClickAsync();
            await Assertions.Expect(page.GetByLabel("Numbers")).ToHaveValueAsync("");
        }

        // The second order made none.
        await Assertions.Expect(visit.Jobs).ToHaveCountAsync(1);
    }
}
