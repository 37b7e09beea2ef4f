using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging;
using Mom.Messaging.Connections;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class FailedQueryTests(MomStack stack)
{
    // The API lets no NUL through; another sender may, and Postgres refuses it.
    [Fact]
    public async Task A_query_that_Postgres_refuses_is_answered_with_a_failure_and_not_with_silence()
    {
        var system = await stack.SystemAsync();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.Api)) });
        builder.Services.AddMessaging(MomTopology.Default with { Mode = TopologyMode.Await }, MomJsonContext.Default);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<BrokerConnections>().Consume.WaitAsync(TestContext.Current.CancellationToken);
        var rpc = host.Services.GetRequiredService<IRpcClient>();
        await Eventually.TrueAsync(() => Task.FromResult(host.Services.GetRequiredService<ReplyConsumer>().Queue is not null), "the reply queue should be there");

        // Nobody waits so long: without an answer this is a timeout and another exception.
        var patience = RpcOptions.Query with { Timeout = TimeSpan.FromMinutes(2) };
        await Assert.ThrowsAsync<RequestFailedException>(() => rpc.RequestAsync(new ListJobs(Guid.NewGuid(), null, "\0", 1, 20), patience).WaitAsync(TimeSpan.FromSeconds(60)));

        await host.StopAsync(TestContext.Current.CancellationToken);
    }
}
