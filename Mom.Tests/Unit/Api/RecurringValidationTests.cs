using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Mom.Api.Jobs;
using Mom.Api.Recurring;
using Mom.Api.Requests;
using Mom.Contracts.Jobs;
using Mom.Contracts.Recurring;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class RecurringValidationTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CreateJobBody Sum = new("math", [new CreateJobDetail("add", ["1", "2"])]);
    private static readonly RecurringJobBody Right = new("Sums", "0 8 * * 1-5", "Europe/Ljubljana", Sum);

    [Fact]
    public void A_right_body_has_no_errors_and_its_zone_may_be_left_out()
    {
        Assert.Empty(Errors(Right));
        Assert.Empty(Errors(Right with { TimeZone = null }));
        Assert.Empty(Errors(Right with { Job = Sum with { Priority = "low", Unique = new UniqueJob("sums", 60) } }));
    }

    [Fact]
    public void What_is_wrong_stands_at_its_field()
    {
        Assert.Equal(["name"], Errors(Right with { Name = "  " }).Keys);
        Assert.Equal(["name"], Errors(Right with { Name = new string('n', RecurringLimits.NameLength + 1) }).Keys);
        Assert.Equal(Recurrence.CronRule, Errors(Right with { Cron = "@daily" })["cron"][0]);
        Assert.Equal(Recurrence.NeverRule, Errors(Right with { Cron = "0 0 30 2 *" })["cron"][0]);
        Assert.Equal(Recurrence.TimeZoneRule, Errors(Right with { TimeZone = "Nowhere" })["timeZone"][0]);
        Assert.Equal(["job"], Errors(Right with { Job = null }).Keys);
        Assert.Equal(["job.runAt"], Errors(Right with { Job = Sum with { RunAt = "2027-01-31T08:00:00Z" } }).Keys);
        Assert.Equal(["job.details[0].numbers[1]"], Errors(Right with { Job = Sum with { Details = [new CreateJobDetail("add", ["1", "x"])] } }).Keys);
        Assert.Equal(["job.priority"], Errors(Right with { Job = Sum with { Priority = "urgent" } }).Keys);
        Assert.Equal(["name", "cron", "job"], Errors(new RecurringJobBody()).Keys);
    }

    [Theory]
    [InlineData(null, null, "unique.key")]
    [InlineData(" ", null, "unique.key")]
    [InlineData("k", 0, "unique.forSeconds")]
    [InlineData("k", UniqueJob.LongestSeconds + 1, "unique.forSeconds")]
    public void A_key_has_some_characters_and_is_held_for_some_time(string? key, int? seconds, string field)
    {
        var errors = new FieldErrors();
        JobValidation.Check(Sum with { Unique = new UniqueJob(key, seconds) }, Now, errors);
        Assert.Equal([field], Of(errors).Keys);
    }

    private static IDictionary<string, string[]> Errors(RecurringJobBody body)
    {
        var errors = new FieldErrors();
        RecurringValidation.Check(body, Now, errors);
        return Of(errors);
    }

    private static IDictionary<string, string[]> Of(FieldErrors errors) =>
        ((HttpValidationProblemDetails)Assert.IsType<ProblemHttpResult>(errors.ToProblem()).ProblemDetails).Errors;
}
