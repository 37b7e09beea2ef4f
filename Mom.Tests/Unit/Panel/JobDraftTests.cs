using Mom.Contracts.Jobs;
using Mom.Panel.Jobs;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class JobDraftTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(1));

    private readonly JobDraft _draft = new();

    [Fact]
    public void The_same_draft_keeps_its_idempotency_key_and_a_changed_one_gets_another()
    {
        _draft.Operations[0].Numbers = "1, 2";
        var first = Key();
        Assert.Equal(first, Key());

        _draft.Operations[0].Numbers = "1, 3";
        Assert.NotEqual(first, Key());
    }

    [Fact]
    public void The_same_operations_ordered_anew_are_another_job()
    {
        _draft.Operations[0].Numbers = "1, 2";
        var first = Key();

        _draft.Clear();
        _draft.Operations[0].Numbers = "1, 2";

        Assert.NotEqual(first, Key());
    }

    [Fact]
    public void Operations_are_sent_in_the_order_in_which_they_stand()
    {
        _draft.FillWithExample();
        _draft.Move(_draft.Operations[2], -2);
        _draft.Remove(_draft.Operations[1]);

        var (body, _) = _draft.ToOrder(Now);

        Assert.Equal(["factors", "multiply"], body.Details!.Select(detail => detail!.Method));
        Assert.Equal(["6", "7"], body.Details![1]!.Numbers);
    }

    [Fact]
    public void A_delay_counts_from_the_first_try()
    {
        _draft.Operations[0].Numbers = "1, 2";
        Assert.Null(_draft.ToOrder(Now).Body.RunAt);

        _draft.Start = JobStart.After(TimeSpan.FromHours(1));
        var (first, key) = _draft.ToOrder(Now);
        Assert.Equal("2026-03-04T05:06:07Z", first.RunAt);
        Assert.Equal(("2026-03-04T05:06:07Z", key), (_draft.ToOrder(Now.AddMinutes(1)).Body.RunAt, Key()));
    }

    [Fact]
    public void A_time_of_ones_own_is_sent_as_it_is_and_must_lie_ahead()
    {
        _draft.Operations[0].Numbers = "1, 2";
        _draft.Start = JobStart.OwnTime("2026-03-05T08:00", new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.FromHours(2)));
        Assert.Null(_draft.Start.Check(Now));
        Assert.Equal("2026-03-05T06:00:00Z", _draft.ToOrder(Now).Body.RunAt);

        Assert.NotNull(_draft.Start.Check(Now.AddDays(2)));
        Assert.NotNull(JobStart.OwnTime("", at: null).Check(Now));
        Assert.NotNull(JobStart.OwnTime("2030-01-01T00:00", Now.AddDays(1_000)).Check(Now));
    }

    [Fact]
    public void Many_operations_are_added_after_those_that_are_written_and_empty_ones_make_way()
    {
        _draft.Add([new() { Numbers = "1" }, new() { Numbers = "2" }]);
        Assert.Equal(["1", "2"], _draft.Operations.Select(operation => operation.Numbers));

        _draft.Add([new() { Numbers = "3" }]);
        Assert.Equal(["1", "2", "3"], _draft.Operations.Select(operation => operation.Numbers));
    }

    [Fact]
    public void A_former_job_is_repeated_with_its_operations_and_another_key()
    {
        var job = SampleJobs.Create(age: 1);
        _draft.Repeat(job);

        Assert.Equal(job.Details.Select(detail => detail.Method), _draft.ToOrder(Now).Body.Details!.Select(detail => detail!.Method));
        Assert.Equal(job.Details[0].Numbers, _draft.ToOrder(Now).Body.Details![0]!.Numbers);
    }

    [Fact]
    public void A_job_becomes_one_of_another_type_and_back_with_what_was_typed()
    {
        _draft.Operations[0].Numbers = "1, 2";
        _draft.Become(TextStep.JobType);
        _draft.Operations[0].Text = "to be, or not";

        var (body, key) = _draft.ToOrder(Now);
        Assert.Equal(("text", "words", "to be, or not"), (body.Type, body.Details![0]!.Method, body.Details![0]!.Text));
        Assert.Null(body.Details![0]!.Numbers);

        _draft.Become(MathStep.JobType);
        Assert.Equal(["1", "2"], _draft.ToOrder(Now).Body.Details![0]!.Numbers);
        Assert.NotEqual(key, Key());
    }

    [Fact]
    public void A_job_of_texts_is_repeated_as_one()
    {
        var detail = new JobDetail("words", [], "2", null, 1, Text: "a, b");
        _draft.Repeat(SampleJobs.Create(age: 1) with { Type = "text", Details = [detail] });

        var (body, _) = _draft.ToOrder(Now);
        Assert.Equal(("text", "a, b"), (body.Type, body.Details![0]!.Text));
    }

    [Theory]
    [InlineData("", "Enter a text.")]
    [InlineData("a", null)]
    public void A_text_is_checked_before_it_is_sent(string text, string? error) => Assert.Equal(error, new OperationDraft(TextStep.JobType) { Text = text }.Check());

    private string Key() => _draft.ToOrder(Now).Key;
}
