using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mom.AppHost.Publishing;

namespace Mom.Tests.AspireTests;

/// <summary>The fixed ports of the README, and their shift.</summary>
[Trait("Group", "aspire")]
public sealed class PortsOfTheModelTests
{
    public static TheoryData<string, string, int> Ports => new()
    {
        { "panel", "http", 9090 },
        { "api", "http", 7070 },
        { "socket", "http", 7080 },
        { "math-service", "http", 7090 },
        { "postgres", "tcp", 7071 },
        { "rabbitmq", "tcp", 7072 },
        { "rabbitmq", "management", 9092 },
        { "redis", "tcp", 7073 },
    };

    [Theory]
    [InlineData("native")]
    [InlineData("container")]
    public async Task All_are_shifted_by_one_setting(string servers)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync(
            typeof(PublishTarget),
            [$"--Servers={servers}", "--DcpPublisher:RandomizePorts=false", "--Ports:Offset=1000"],
            TestContext.Current.CancellationToken);

        foreach (var (resource, endpoint, port) in Ports.Select(row => row.Data))
        {
            var annotation = builder.Resources.Single(one => one.Name == resource).Annotations.OfType<EndpointAnnotation>().Single(one => one.Name == endpoint);
            Assert.Equal(port + 1000, annotation.Port);
        }
    }
}
