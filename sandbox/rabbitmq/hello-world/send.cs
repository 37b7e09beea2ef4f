// Sends one message to the queue sandbox.hello.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();

// Declaring is idempotent: the queue is made when it is not there yet. Sender and receiver both declare it, so it does not matter who starts first.
await channel.QueueDeclareAsync("sandbox.hello", durable: true, exclusive: false, autoDelete: false);

var text = args is [var first, ..] ? first : "Hello, world!";

// The exchange "" is the default exchange: it routes to the queue that the routing key names.
await channel.BasicPublishAsync(exchange: "", routingKey: "sandbox.hello", body: Encoding.UTF8.GetBytes(text));
Console.WriteLine($"Sent: {text}");
