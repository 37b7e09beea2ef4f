// Publishes three messages and consumes them.
#:project ../../Mom.Messaging/Mom.Messaging.csproj
#:project ../../Mom.ServiceDefaults/Mom.ServiceDefaults.csproj

using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

var topology = new BrokerTopology("sandbox.commands", "sandbox.events", [new("sandbox.engine.hello")]);

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddRabbitMQClient("rabbitmq", settings => settings.ConnectionString = Running.Broker.ToString());
builder.Services.AddMessaging(topology, SandboxJson.Default)
    .AddConsumer("sandbox.engine.hello").Handle<Hello, HelloHandler>();
builder.Services.AddSingleton(new Countdown(3));

using var host = builder.Build();
await host.StartAsync();

var publisher = host.Services.GetRequiredService<IMessagePublisher>();
foreach (var name in new[] { "Ada", "Grace", "Barbara" })
    await publisher.PublishAsync(new Hello(name));

await host.Services.GetRequiredService<Countdown>().Finished;
await host.StopAsync();

[Message("sandbox.hello.v1", Queue = "sandbox.engine.hello")]
internal sealed record Hello(string Name);

internal sealed class HelloHandler(Countdown countdown) : IMessageHandler<Hello>
{
    public Task HandleAsync(Hello message, MessageContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Hello, {message.Name}! (message {context.MessageId})");
        countdown.Down();
        return Task.CompletedTask;
    }
}

// The program ends with the last message, not after a time.
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Finished => _finished.Task;
    public void Down()
    {
        if (Interlocked.Decrement(ref count) == 0)
            _finished.SetResult();
    }
}

[JsonSerializable(typeof(Hello))]
internal sealed partial class SandboxJson : JsonSerializerContext;
