// One message of five always fails: watch its retries wait longer each time, and the others pass it by.
#:project ../../Mom.Messaging/Mom.Messaging.csproj
#:project ../../Mom.ServiceDefaults/Mom.ServiceDefaults.csproj

using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

TimeSpan[] delays = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];
var topology = new BrokerTopology("sandbox.commands", "sandbox.events", [new("sandbox.engine.poison") { RetryDelays = delays }]);

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.None);
builder.AddRabbitMQClient("rabbitmq", settings => settings.ConnectionString = Running.Broker.ToString());
builder.Services.AddMessaging(topology, SandboxJson.Default)
    .AddConsumer("sandbox.engine.poison").Handle<Cup, CupHandler>();
builder.Services.AddSingleton<Watch>();
using var host = builder.Build();
await host.StartAsync();

var publisher = host.Services.GetRequiredService<IMessagePublisher>();
foreach (var content in new[] { "water", "tea", "hemlock", "milk", "coffee" })
    await publisher.PublishAsync(new Cup(content));
await host.Services.GetRequiredService<Watch>().LastAttempt;
await host.StopAsync(); // It drains: it does not end before the message is in the dead-letter queue.
Console.WriteLine("The hemlock is in the queue sandbox.engine.poison.dead, with its exception in the headers: look at the broker's screen.");

[Message("sandbox.cup.v1", Queue = "sandbox.engine.poison")]
internal sealed record Cup(string Content);

internal sealed class CupHandler(Watch watch) : IMessageHandler<Cup>
{
    public Task HandleAsync(Cup message, MessageContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{watch.Seconds,5:0.0} s  {message.Content}: attempt {context.Attempt} of {context.MaxAttempts}");
        if (message.Content != "hemlock")
            return Task.CompletedTask;
        if (context.IsLastAttempt)
            watch.End();
        throw new InvalidOperationException("This cup must not be emptied.");
    }
}

internal sealed class Watch
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TaskCompletionSource _last = new();
    public double Seconds => _clock.Elapsed.TotalSeconds;
    public Task LastAttempt => _last.Task;
    public void End() => _last.TrySetResult();
}

[JsonSerializable(typeof(Cup))]
internal sealed partial class SandboxJson : JsonSerializerContext;
