using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mom.AppHost.Publishing;
using Mom.Contracts.Jobs;
using Mom.LocalHost;
using Mom.Tests.Host;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests;

/// <summary>The whole system under Aspire: all resources become healthy, and a job runs from the request to its result.</summary>
[Trait("Group", "aspire")]
public sealed class FlowTests
{
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task On_containers()
    {
        Assert.SkipUnless(ContainerRuntime.Runs(), "There is no container runtime: neither docker nor podman answers.");

        await RunJobAsync();
    }

    [Fact]
    public async Task On_servers_that_are_configured_by_connection_strings()
    {
        await using var servers = new PrivateSystem([ResourceNames.RabbitMq, ResourceNames.Postgres, ResourceNames.Redis]);
        await servers.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        await RunJobAsync([.. servers.System.ServerSettings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}")]);
    }

    private static async Task RunJobAsync(params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(typeof(PublishTarget), arguments, cancellation);
        KeepToItself(builder);
        await using var app = await builder.BuildAsync(cancellation).WaitAsync(Start, cancellation);
        await app.StartAsync(cancellation).WaitAsync(Start, cancellation);
        foreach (var service in AppHostModel.Services)
            await app.ResourceNotifications.WaitForResourceHealthyAsync(service, cancellation).WaitAsync(Start, cancellation);

        using var user = await ApiUser.RegisterAsync(app.GetEndpoint("api", "http").ToString());
        var job = await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""")).Id);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal("6", job.Details[0].Result);
    }

    // The volumes of the model are those of whoever develops here, and its screens are large images that nobody looks at now.
    private static void KeepToItself(IDistributedApplicationTestingBuilder builder)
    {
        foreach (var container in builder.Resources.OfType<ContainerResource>())
        {
            foreach (var volume in container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type is ContainerMountType.Volume).ToList())
                container.Annotations.Remove(volume);
            if (container is not IResourceWithConnectionString)
                container.Annotations.Add(new ExplicitStartupAnnotation());
        }
    }
}
