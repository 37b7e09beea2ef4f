using System.Text;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Tests.Support;
using Npgsql;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class DeadLetterFlowTests(MomStack stack)
{
    [Theory]
    [InlineData("job.create.v1", "{", "MalformedBody")]
    [InlineData("job.create.v1", "{}", "MalformedBody")]
    [InlineData("job.create.v999", "{}", "UnknownType")]
    public async Task What_cannot_be_read_is_found_among_the_dead_letters_with_its_reason(string type, string body, string reason)
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var id = await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, type, body);

        var letter = (await FindAsync(admin, id)).Letter;
        Assert.Equal((MomQueues.DbCommands, type, 5, reason, DeadLetterState.Dead), (letter.Queue, letter.Type, letter.Priority, letter.Reason, letter.State));
        var detail = await admin.GetAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}");
        Assert.Equal((body, null), (detail.Body, detail.OriginalBody));
        Assert.Equal("ingested", Assert.Single(detail.Audit).Action);
    }

    [Fact]
    public async Task An_edited_letter_is_replayed_once_and_has_one_effect()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = Guid.NewGuid();
        var id = await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "job.create.v1", "{\"broken\":1}");
        var letter = (await FindAsync(admin, id)).Letter;

        var body = $$"""{"jobId":"{{job}}","userId":"{{user.Session.Id}}","type":"math","operations":[{"method":"add","numbers":["20","22"]}]}""";
        using var edited = await admin.Http.PutAsync($"/admin/dead-letters/{letter.Id}/body", Json(new { body }));
        Assert.Equal(200, (int)edited.StatusCode);
        var replayed = await admin.PostAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}/replay");
        Assert.Equal((DeadLetterState.Replayed, body, "{\"broken\":1}"), (replayed.Letter.State, replayed.Body, replayed.OriginalBody));
        Assert.Equal(["ingested", "edited", "replayed"], replayed.Audit.Select(audit => audit.Action));
        Assert.Equal(["system", admin.Email, admin.Email], replayed.Audit.Select(audit => audit.By));
        Assert.Equal(409, await admin.PostStatusAsync($"/admin/dead-letters/{letter.Id}/replay"));

        await Eventually.TrueAsync(async () => (await user.GetAsync<IReadOnlyList<Job>>("/job/my")).Count == 1, "the replayed job should be there");
        Assert.Equal("42", (await user.DoneAsync(job)).Details[0].Result);
    }

    [Fact]
    public async Task A_letter_that_dies_again_is_the_same_letter_dead_once_more()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var id = await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "nonsense.v1", "{}", new() { ["x-tenant"] = "a" });
        var letter = (await FindAsync(admin, id)).Letter;
        await admin.PostAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}/replay");

        await Eventually.TrueAsync(
            async () => (await admin.GetAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}")).Letter is { State: DeadLetterState.Dead, Deaths: 2 },
            "the dead letter should be dead again");
        // It was stored, sent through the outbox, received and stored again.
        Assert.Equal("a", (await admin.GetAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}")).Headers["x-tenant"]);

        Assert.Equal(400, await admin.PostStatusAsync($"/admin/dead-letters/{letter.Id}/discard"));
        var discarded = await admin.PostAsync<DeadLetterDetail>($"/admin/dead-letters/{letter.Id}/discard", """{"reason":"of no use"}""");
        Assert.Equal((DeadLetterState.Discarded, "of no use"), (discarded.Letter.State, discarded.Audit[^1].Detail));
    }

    [Fact]
    public async Task Many_are_replayed_by_filter_with_a_dry_run_before_and_progress()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var mark = $"mark-{Guid.NewGuid():N}";
        for (var i = 0; i < 5; i++)
        {
            await ForeignMessage.PublishAsync(system, MomQueues.MathSteps, "nonsense.v1", $$"""{"mark":"{{mark}}","i":{{i}}}""");
        }

        await Eventually.TrueAsync(
            async () => (await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={mark}")).Count == 5, "five letters should be found");
        var dry = await admin.PostAsync<DeadLetterOperation>("/admin/dead-letters/operations", Order(mark, dryRun: true));
        Assert.Equal((5, 0, true), (dry.Total, dry.Done, dry.DryRun));
        Assert.Equal(new DeadLetterGroup(MomQueues.MathSteps, "nonsense.v1", 5), Assert.Single(dry.Groups!));
        Assert.Equal(5, (await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={mark}&state=dead")).Count);

        var done = await FinishedAsync(admin, Order(mark, dryRun: false));
        Assert.Equal((5, 5, 0), (done.Total, done.Done, done.Skipped));
        // At two per second it takes three turns.
        Assert.True(done.FinishedAt - done.StartedAt >= TimeSpan.FromSeconds(1.9), $"It should be throttled, but took {done.FinishedAt - done.StartedAt}.");
    }

    [Fact]
    public async Task One_that_the_database_refuses_is_skipped_and_holds_up_no_other()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var mark = $"mark-{Guid.NewGuid():N}";
        foreach (var type in new[] { "first.v1", "refused.v1", "last.v1" })
        {
            await ForeignMessage.PublishAsync(system, MomQueues.MathSteps, type, $$"""{"mark":"{{mark}}"}""");
        }

        await Eventually.TrueAsync(
            async () => (await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={mark}")).Count == 3, "three letters should be found");
        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");
        await RunAsync(
            database,
            """
            create function refuse() returns trigger language plpgsql as 'begin raise exception ''not this one''; end';
            create trigger refuse before insert on outbox for each row when (new.type = 'refused.v1') execute function refuse();
            """);
        try
        {
            var done = await FinishedAsync(admin, Order(mark, dryRun: false));
            Assert.Equal((3, 2, 1), (done.Total, done.Done, done.Skipped));
            Assert.EndsWith("The database refuses it: P0001: not this one", done.LastSkip, StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync(database, "drop trigger refuse on outbox; drop function refuse();");
        }
    }

    [Fact]
    public async Task A_user_sees_no_dead_letters()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        foreach (var path in new[] { "/admin/dead-letters", "/admin/dead-letters/1", "/admin/dead-letters/operations", "/admin/overview", "/admin/ledger", "/admin/queues", "/admin/workers", "/admin/jobs", "/admin/users" })
        {
            using var answer = await user.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(403, (int)answer.StatusCode);
        }

        foreach (var path in new[] { "/admin/dead-letters/1/replay", "/admin/dead-letters/operations", "/admin/reconcile", "/admin/workers/math.steps/pause", $"/admin/jobs/{Guid.NewGuid()}/reconcile" })
        {
            Assert.Equal(403, await user.PostStatusAsync(path));
        }
    }

    private static async Task<DeadLetterOperation> FinishedAsync(ApiUser admin, string order)
    {
        using var started = await admin.PostAsync("/admin/dead-letters/operations", order);
        Assert.Equal(202, (int)started.StatusCode);
        var operation = started.Headers.Location!.ToString();
        await Eventually.TrueAsync(async () => (await admin.GetAsync<DeadLetterOperation>(operation)).FinishedAt is not null, "the operation should be finished");
        return await admin.GetAsync<DeadLetterOperation>(operation);
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Order(string text, bool dryRun) =>
        $$"""{"kind":"replay","filter":{"text":"{{text}}"},"dryRun":{{(dryRun ? "true" : "false")}},"perSecond":2}""";

    private static StringContent Json(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static async Task<DeadLetterDetail> FindAsync(ApiUser admin, Guid messageId)
    {
        IReadOnlyList<DeadLetter> found = [];
        await Eventually.TrueAsync(
            async () => (found = await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={messageId}")).Count == 1, "the dead letter should be found");
        return await admin.GetAsync<DeadLetterDetail>($"/admin/dead-letters/{found[0].Id}");
    }
}
