using Mom.Contracts.Jobs;
using Mom.Panel.Recurring;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class RecurringDraftTests
{
    private static readonly DateTimeOffset Now = new(2027, 5, 3, 5, 6, 7, TimeSpan.Zero);

    private readonly RecurringDraft _draft = new() { Name = "Sums", TimeZone = "Europe/Ljubljana" };

    [Theory]
    [InlineData(RecurrencePreset.Hourly, "", "0 * * * *", "Every hour")]
    [InlineData(RecurrencePreset.Daily, "08:05", "5 8 * * *", "Each day at 08:05")]
    [InlineData(RecurrencePreset.Weekdays, "23:00", "0 23 * * 1-5", "Monday to Friday at 23:00")]
    [InlineData(RecurrencePreset.Own, "", "*/5 * * * *", null)]
    [InlineData(RecurrencePreset.Daily, "", null, null)]
    public void A_preset_is_a_cron_expression_and_can_be_read_back(RecurrencePreset preset, string time, string? cron, string? words)
    {
        Assert.Equal(cron, preset.Cron(time, " */5 * * * * "));
        Assert.Equal(words, cron is null ? null : RecurrencePresets.Words(cron));
    }

    [Fact]
    public void The_next_three_runs_are_those_of_the_zone()
    {
        Assert.Equal(["3 08:00", "4 08:00", "5 08:00"], _draft.Next(Now, 3).Select(run => $"{run.Day} {run:HH:mm}"));
        _draft.TimeZone = "Nowhere";
        Assert.Empty(_draft.Next(Now, 3));
        Assert.False(_draft.IsValid);
    }

    [Fact]
    public void The_same_draft_keeps_its_idempotency_key_and_a_changed_one_gets_another()
    {
        _draft.Job.Operations[0].Numbers = "1, 2";
        var (body, key) = _draft.ToOrder(Now);
        Assert.Equal(("0 8 * * *", "add"), (body.Cron, body.Job!.Details![0]!.Method));
        Assert.Equal(key, _draft.ToOrder(Now.AddMinutes(1)).Key);

        _draft.Time = "09:00";
        var second = _draft.ToOrder(Now).Key;
        Assert.NotEqual(key, second);
        _draft.Job.Priority = JobPriority.Low;
        var (low, third) = _draft.ToOrder(Now);
        Assert.NotEqual(second, third);
        Assert.Equal("low", low.Job!.Priority);
    }
}
