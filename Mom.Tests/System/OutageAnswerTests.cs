using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class OutageAnswerTests(MomStack stack)
{
    private const int Requests = 20;
    private const string OneOperation = """{"type":"math","details":[{"method":"add","numbers":"1,2"}]}""";

    // One after the other, each waiting its 10 s, they would take minutes.
    [Fact]
    public async Task While_postgres_is_unavailable_no_request_waits_its_time_out()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await system.StopAsync(ResourceNames.Postgres, StopMode.Kill);
        try
        {
            Assert.Equal(202, await user.PostStatusAsync("/job", OneOperation));
            var clock = Stopwatch.StartNew();
            for (var request = 1; request < Requests; request++)
            {
                Assert.Equal(202, await user.PostStatusAsync("/job", OneOperation));
                using var read = await user.Http.GetAsync(new Uri("/job/my", UriKind.Relative));
                Assert.Equal((503, true), ((int)read.StatusCode, read.Headers.RetryAfter is not null));
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5 * Requests), $"They should be answered at once, but took {clock.Elapsed}.");
        }
        finally
        {
            await system.StartAsync(ResourceNames.Postgres);
            await system.HealthyAsync(ResourceNames.Postgres);
        }

        await Eventually.TrueAsync(
            async () =>
            {
                using var read = await user.Http.GetAsync(new Uri("/job/my?pageSize=100", UriKind.Relative));
                return read.IsSuccessStatusCode && (await user.GetAsync<IReadOnlyList<Job>>("/job/my?pageSize=100")).Count(job => job.Done) == Requests;
            },
            "every job that was accepted should be done");
        Assert.Equal(201, await user.PostStatusAsync("/job", OneOperation));
    }
}
