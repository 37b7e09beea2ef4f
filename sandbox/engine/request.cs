// Asks a question over the broker and waits for the answer; then one that is refused.
#:project ../../Mom.Messaging/Mom.Messaging.csproj
#:project ../../Mom.ServiceDefaults/Mom.ServiceDefaults.csproj

using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;

var topology = new BrokerTopology("sandbox.commands", "sandbox.events", [new("sandbox.engine.questions")]);

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddRabbitMQClient("rabbitmq", settings => settings.ConnectionString = Running.Broker.ToString());
builder.Services.AddMessaging(topology, SandboxJson.Default)
    .AddConsumer("sandbox.engine.questions")
    .Answer<SquareRoot, Root, SquareRootHandler>();

using var host = builder.Build();
await host.StartAsync();

var rpc = host.Services.GetRequiredService<IRpcClient>();
foreach (var number in new[] { 2.0, 144.0, -1.0 })
{
    var started = Stopwatch.GetTimestamp();
    try
    {
        var answer = await rpc.RequestAsync(new SquareRoot(number), RpcOptions.Query);
        Console.WriteLine($"√{number} = {answer.Value} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
    }
    catch (RequestRefusedException refusal)
    {
        Console.WriteLine($"√{number} was refused: {refusal.Message}");
    }
}

await host.StopAsync();

[Message("sandbox.square-root.v1", Queue = "sandbox.engine.questions", Priority = MessagePriority.Rpc)]
internal sealed record SquareRoot(double Of) : IRequest<Root>;

[Message("sandbox.root.v1")]
internal sealed record Root(double Value);

internal sealed class SquareRootHandler : IRequestHandler<SquareRoot, Root>
{
    public Task<Root> HandleAsync(SquareRoot request, MessageContext context, CancellationToken cancellationToken) => request.Of >= 0
        ? Task.FromResult(new Root(Math.Sqrt(request.Of)))
        : throw new RefusalException("negative", "a negative number has no real root.");
}

[JsonSerializable(typeof(SquareRoot))]
[JsonSerializable(typeof(Root))]
internal sealed partial class SandboxJson : JsonSerializerContext;
