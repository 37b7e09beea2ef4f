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

    private string Key() => _draft.ToOrder(Now).Key;
}
