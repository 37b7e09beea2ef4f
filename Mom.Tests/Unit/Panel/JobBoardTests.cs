using Mom.Contracts.Jobs;
using Mom.Panel.Jobs;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class JobBoardTests
{
    private readonly JobBoard _board = new();

    [Fact]
    public void An_event_changes_the_job_in_place()
    {
        var job = SampleJobs.Create(age: 1);
        _board.Show(new JobQuery(), SampleJobs.Page(job));

        Assert.False(_board.Apply(job.Later(1, JobStatus.Running)));

        Assert.Equal(JobStatus.Running, Assert.Single(_board.Jobs).Status);
    }

    [Fact]
    public void An_older_event_is_ignored()
    {
        var job = SampleJobs.Create(age: 1);
        _board.Show(new JobQuery(), SampleJobs.Page(job.Later(5, JobStatus.Succeeded)));

        _board.Apply(job.Later(1, JobStatus.Running));

        Assert.Equal(JobStatus.Succeeded, Assert.Single(_board.Jobs).Status);
    }

    [Fact]
    public void An_answer_that_an_event_has_overtaken_does_not_turn_back_time()
    {
        var job = SampleJobs.Create(age: 1);
        _board.Apply(job.Later(5, JobStatus.Succeeded));

        _board.Show(new JobQuery(), SampleJobs.Page(job.Later(1, JobStatus.Running)));

        Assert.Equal(JobStatus.Succeeded, Assert.Single(_board.Jobs).Status);
    }

    // The clocks of two workers: equal, or that of the one who ended the job behind by an hour.
    [Theory]
    [InlineData(0)]
    [InlineData(-3_600)]
    public void Of_two_states_the_one_with_the_higher_version_is_shown_whatever_their_clocks_say(int seconds)
    {
        var job = SampleJobs.Create(age: 1);
        var running = job.Later(5, JobStatus.Running) with { Version = 2 };
        var succeeded = running.Later(seconds, JobStatus.Succeeded) with { Version = 3 };
        _board.Show(new JobQuery(), SampleJobs.Page(job with { Version = 1 }));

        _board.Apply(running);
        _board.Apply(succeeded);
        Assert.Equal(JobStatus.Succeeded, Assert.Single(_board.Jobs).Status);

        // The event that came late, and an answer that was on its way since.
        _board.Apply(running);
        _board.Show(new JobQuery(), SampleJobs.Page(running));
        Assert.Equal(JobStatus.Succeeded, Assert.Single(_board.Jobs).Status);
    }

    [Fact]
    public void A_state_of_a_sender_that_does_not_count_is_ordered_by_its_time()
    {
        var counted = SampleJobs.Create(age: 1, JobStatus.Running) with { Version = 7 };
        _board.Show(new JobQuery(), SampleJobs.Page(counted));

        _board.Apply(counted.Later(-1, JobStatus.Queued) with { Version = 0 });
        Assert.Equal(JobStatus.Running, Assert.Single(_board.Jobs).Status);

        _board.Apply(counted.Later(1, JobStatus.Succeeded) with { Version = 0 });
        Assert.Equal(JobStatus.Succeeded, Assert.Single(_board.Jobs).Status);
    }

    [Fact]
    public void A_new_job_comes_to_the_top_of_the_first_page()
    {
        var jobs = Enumerable.Range(0, JobQuery.PageSize).Select(i => SampleJobs.Create(JobQuery.PageSize - i)).ToArray();
        _board.Show(new JobQuery(), SampleJobs.Page(jobs));
        var newest = SampleJobs.Create(age: 100);

        Assert.False(_board.Apply(newest));

        Assert.Equal(newest, _board.Jobs[0]);
        Assert.Equal(JobQuery.PageSize, _board.Jobs.Count);
        Assert.Equal((JobQuery.PageSize + 1, 2), (_board.Total, _board.Pages));
    }

    [Fact]
    public void A_job_that_is_ordered_and_announced_is_there_once()
    {
        var job = SampleJobs.Create(age: 1);
        _board.Show(new JobQuery(), SampleJobs.Page());

        _board.Apply(job);
        _board.Apply(job);

        Assert.Single(_board.Jobs);
        Assert.Equal(1, _board.Total);
    }

    [Fact]
    public void A_job_that_leaves_the_chosen_state_makes_the_page_ask_again()
    {
        var job = SampleJobs.Create(age: 1, JobStatus.Running);
        _board.Show(new JobQuery(JobStatus.Running), SampleJobs.Page(job));

        Assert.True(_board.Apply(job.Later(1, JobStatus.Succeeded)));
    }

    [Theory]
    [InlineData(JobSort.Oldest)]
    [InlineData(JobSort.Changed)]
    [InlineData(JobSort.State)]
    public void In_another_order_a_new_job_makes_the_page_ask_where_it_stands(JobSort sort)
    {
        _board.Show(new JobQuery(Sort: sort), SampleJobs.Page(SampleJobs.Create(age: 1)));

        Assert.True(_board.Apply(SampleJobs.Create(age: 2)));
    }

    [Fact]
    public void A_job_on_another_page_asks_for_nothing()
    {
        _board.Show(new JobQuery(), SampleJobs.Page(SampleJobs.Create(age: 50)));

        Assert.False(_board.Apply(SampleJobs.Create(age: 1).Later(60, JobStatus.Running)));

        Assert.Single(_board.Jobs);
    }
}
