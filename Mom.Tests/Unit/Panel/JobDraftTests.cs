using Mom.Panel.Jobs;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class JobDraftTests
{
    private readonly JobDraft _draft = new();

    [Fact]
    public void The_same_draft_keeps_its_idempotency_key_and_a_changed_one_gets_another()
    {
        _draft.Operations[0].Numbers = "1, 2";
        var first = _draft.Key();
        Assert.Equal(first, _draft.Key());

        _draft.Operations[0].Numbers = "1, 3";
        Assert.NotEqual(first, _draft.Key());
    }

    [Fact]
    public void The_same_operations_ordered_anew_are_another_job()
    {
        _draft.Operations[0].Numbers = "1, 2";
        var first = _draft.Key();

        _draft.Clear();
        _draft.Operations[0].Numbers = "1, 2";

        Assert.NotEqual(first, _draft.Key());
    }

    [Fact]
    public void Operations_are_sent_in_the_order_in_which_they_stand()
    {
        _draft.FillWithExample();
        _draft.Move(_draft.Operations[2], -2);
        _draft.Remove(_draft.Operations[1]);

        var body = _draft.ToBody();

        Assert.Equal(["factors", "multiply"], body.Details!.Select(detail => detail!.Method));
        Assert.Equal(["6", "7"], body.Details![1]!.Numbers);
    }
}
