using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;
using Mom.Tests.Node;
using RabbitMQ.Client;

// Mom.Tests.Node worker|caller [quorum|partitioned]; the broker's address, with its password, comes in MOM_NODE_BROKER.
var broker = Environment.GetEnvironmentVariable("MOM_NODE_BROKER") ?? throw new InvalidOperationException("MOM_NODE_BROKER is not set.");
var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory { Uri = new Uri(broker) });
builder.Services.AddSingleton(new Behaviour());
// Signals end the host, which drains its consumers.
builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
var messaging = builder.Services.AddMessaging(Topology(), NodeJsonContext.Default);
if (string.Equals(args[0], "worker", StringComparison.Ordinal))
{
    messaging.AddConsumer(NodeTopology.Work, options => (options.Concurrency, options.Prefetch) = (4, 20))
        .Handle<Work, WorkHandler>()
        .Answer<Ask, Answer, AskHandler>();
}

using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("ready");
if (string.Equals(args[0], "caller", StringComparison.Ordinal))
{
    var answer = await host.Services.GetRequiredService<IRpcClient>().RequestAsync(new Ask(1, args[1]));
    Console.WriteLine($"answer {answer.Number}");
}

await host.WaitForShutdownAsync();
Console.WriteLine("stopped");

BrokerTopology Topology() =>
    args.Contains("quorum", StringComparer.Ordinal) ? NodeTopology.Quorum
    : args.Contains("partitioned", StringComparer.Ordinal) ? NodeTopology.Partitioned
    : NodeTopology.Default;
