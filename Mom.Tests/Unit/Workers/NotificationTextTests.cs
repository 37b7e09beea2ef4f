using System.Text;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class NotificationTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_notification_names_the_job_and_its_result() =>
        Assert.Equal("1 + 2 + 3 = 6", NotificationText.Of(Job(JobStatus.Succeeded, Sum("6"))));

    [Fact]
    public void Of_many_operations_it_names_the_first()
    {
        Assert.Equal("1 + 2 + 3 = 6 · 1 + 2 + 3 = 6 · 1 + 2 + 3 = 6 · 2 more", NotificationText.Of(Job(JobStatus.Succeeded, Sum("6"), Sum("6"), Sum("6"), Sum("6"), Sum("6"))));
    }

    [Fact]
    public void A_failure_says_why() =>
        Assert.Equal("Failed: 1 + 2 + 3. Operation 1 (add): no.", NotificationText.Of(Job(JobStatus.Failed, Sum(result: null)) with { Error = "Operation 1 (add): no." }));

    [Fact]
    public void However_large_the_numbers_it_stays_a_line() =>
        Assert.InRange(NotificationText.Of(Job(JobStatus.Succeeded, [.. Enumerable.Repeat(new JobDetail("add", [new string('9', 1_000)], new string('9', 1_000), null, 1), 100)])).Length, 100, 400);

    [Fact]
    public void A_text_is_named_in_short_and_its_result_as_it_is() =>
        Assert.Equal("reverse(\"b, a c\") = c\na,b", NotificationText.Of(Job(JobStatus.Succeeded, Text("reverse", "b, a\nc", "c\na,b"))));

    // The database stores no half characters.
    [Fact]
    public void A_text_that_is_cut_ends_with_a_whole_character()
    {
        for (var length = 0; length < 60; length++)
        {
            var text = NotificationText.Of(Job(JobStatus.Succeeded, Text("reverse", $"{new string('a', length)}{string.Concat(Enumerable.Repeat("😀", 60))}", "x")));
            Assert.InRange(text.Length, 10, 60);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }
    }

    private static JobDetail Text(string method, string text, string result) => new(method, [], result, Error: null, Attempts: 1, Text: text);

    private static JobDetail Sum(string? result) => new("add", ["1", "2", "3"], result, Error: null, Attempts: 1);

    private static Job Job(JobStatus status, params JobDetail[] details) =>
        new(Guid.NewGuid(), MathMethods.JobType, status, status.IsTerminal(), new JobProgress(details.Length, details.Length), details, Error: null, TraceId: null, RunAt: null, Now, Now);
}
