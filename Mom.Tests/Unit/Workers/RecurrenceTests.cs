using Microsoft.Extensions.Time.Testing;
using Mom.Contracts.Recurring;
using Mom.Workers.Database.Recurring;

namespace Mom.Tests.Unit.Workers;

/// <summary>When a recurring job is due, by cron and the clocks of a zone.</summary>
[Trait("Group", "unit")]
public sealed class RecurrenceTests
{
    private const string Ljubljana = "Europe/Ljubljana";

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("0 8 * * 1-5")]
    [InlineData("*/15 0-6,22 1,15 * *")]
    [InlineData("0 0 L * *")]
    [InlineData("0 0 * JAN-MAR THU")]
    public void Five_fields_are_a_cron_expression(string cron) => Assert.True(Recurrence.IsCron(cron));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hourly")]
    [InlineData("@daily")]
    [InlineData("@every_second")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("0 24 * * *")]
    [InlineData("H 8 * * *")]
    [InlineData("0 8 * * 1-5 0 8 * * 1-5")]
    public void Anything_else_is_none(string? cron) => Assert.False(Recurrence.IsCron(cron));

    [Theory]
    [InlineData("UTC", true)]
    [InlineData(Ljubljana, true)]
    [InlineData("America/New_York", true)]
    [InlineData("Mars/Olympus_Mons", false)]
    [InlineData("+01:00", false)]
    [InlineData("Europe", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_zone_has_an_iana_name(string? zone, bool known) => Assert.Equal(known, Recurrence.IsTimeZone(zone));

    [Fact]
    public void Whatever_is_written_it_is_read_or_refused()
    {
        var random = new Random(7);
        const string Signs = "0123456789*/,-?LW#H ADEFMNORSTU @ščß٣";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Signs[random.Next(Signs.Length)]));
            if (Recurrence.TryParse(text, "Europe/Ljubljana", out var recurrence))
            {
                _ = recurrence.After(DateTimeOffset.UnixEpoch);
            }
        }
    }

    [Fact]
    public void A_day_that_there_never_is_has_no_next_time() => Assert.Null(Of("0 0 30 2 *", "UTC").After(DateTimeOffset.UnixEpoch));

    [Fact]
    public void What_is_due_now_is_next_at_the_time_after() => Assert.Equal(Utc("2027-05-03T09:00"), Of("0 * * * *", "UTC").After(Utc("2027-05-03T08:00")));

    [Fact]
    public void Eight_oclock_is_eight_oclock_in_summer_and_in_winter()
    {
        var daily = Of("0 8 * * *", Ljubljana);
        Assert.Equal(Utc("2027-01-10T07:00"), daily.After(Utc("2027-01-10T00:00")));
        Assert.Equal(Utc("2027-07-10T06:00"), daily.After(Utc("2027-07-10T00:00")));
    }

    [Fact]
    public void A_time_that_the_clocks_skip_is_made_up_for_when_they_jump()
    {
        // 28 March 2027: from 2:00 to 3:00, at 1:00 UTC.
        Assert.Equal([Utc("2027-03-27T01:30"), Utc("2027-03-28T01:00"), Utc("2027-03-29T00:30")], Of("30 2 * * *", Ljubljana).Next(Utc("2027-03-26T12:00"), 3));
    }

    [Fact]
    public void Of_a_time_that_the_clocks_show_twice_the_first_counts_but_intervals_go_on()
    {
        // 31 October 2027: from 3:00 back to 2:00, at 1:00 UTC.
        Assert.Equal([Utc("2027-10-31T00:30"), Utc("2027-11-01T01:30")], Of("30 2 * * *", Ljubljana).Next(Utc("2027-10-30T12:00"), 2));
        Assert.Equal(
            [Utc("2027-10-31T00:00"), Utc("2027-10-31T00:30"), Utc("2027-10-31T01:00"), Utc("2027-10-31T01:30")],
            Of("*/30 * * * *", Ljubljana).Next(Utc("2027-10-30T23:31"), 4));
    }

    [Fact]
    public void After_an_outage_of_any_length_the_next_time_is_ahead()
    {
        var clock = new FakeTimeProvider(Utc("2027-05-03T08:00"));
        var hourly = Of("0 * * * *", "UTC");
        clock.Advance(TimeSpan.FromHours(50.5));
        Assert.Equal(Utc("2027-05-05T11:00"), hourly.After(clock.GetUtcNow()));
    }

    [Fact]
    public void The_next_times_are_shown_by_the_clocks_of_the_zone() =>
        Assert.Equal(["08:00 +01:00", "08:00 +02:00"], Of("0 8 * * *", Ljubljana).Next(Utc("2027-03-27T00:00"), 2).Select(time => time.ToString("HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_job_of_a_due_time_has_one_id_wherever_it_is_made()
    {
        var recurring = Guid.NewGuid();
        var due = Utc("2027-05-03T08:00");
        Assert.Equal(RecurringScheduler.JobId(recurring, due), RecurringScheduler.JobId(recurring, due.ToOffset(TimeSpan.FromHours(2))));
        Assert.NotEqual(RecurringScheduler.JobId(recurring, due), RecurringScheduler.JobId(recurring, due.AddMinutes(1)));
        Assert.NotEqual(RecurringScheduler.JobId(recurring, due), RecurringScheduler.JobId(Guid.NewGuid(), due));
    }

    private static Recurrence Of(string cron, string zone)
    {
        Assert.True(Recurrence.TryParse(cron, zone, out var recurrence));
        return recurrence;
    }

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
