using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Mom.AppHost.Publishing;
using Mom.Contracts.Jobs;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests;

/// <summary>The whole system under Aspire, on containers.</summary>
[Trait("Group", "aspire")]
public sealed class ContainerFlowTests
{
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_job_runs_from_the_request_to_its_result()
    {
        Assert.SkipUnless(ContainerRuntime.Runs(), "There is no container runtime: neither docker nor podman answers.");
        var cancellation = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(typeof(PublishTarget), ["--Math:Delay:Maximum=00:00:00"], cancellation);
        await using var app = await builder.BuildAsync(cancellation).WaitAsync(Start, cancellation);
        await app.StartAsync(cancellation).WaitAsync(Start, cancellation);
        foreach (var service in AppHostModel.Services)
            await app.ResourceNotifications.WaitForResourceHealthyAsync(service, cancellation).WaitAsync(Start, cancellation);

        using var user = await ApiUser.RegisterAsync(app.GetEndpoint("api", "http").ToString());
        var job = await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""")).Id);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal("6", job.Details[0].Result);
    }
}
