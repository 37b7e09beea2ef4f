// Asks for a Fibonacci number and waits for the reply: client.cs 50
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();

// Replies come to a queue of this program alone.
var replies = await channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true);
var correlationId = Guid.NewGuid().ToString();
var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, reply) =>
{
    // A late reply to a former request is not the answer to this one.
    if (reply.BasicProperties.CorrelationId == correlationId)
        answer.TrySetResult(Encoding.UTF8.GetString(reply.Body.Span));
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync(replies.QueueName, autoAck: true, consumer);

var number = args is [var first, ..] ? first : "30";
// The broker drops the request after 5 s, when nobody waits any more.
var properties = new BasicProperties { CorrelationId = correlationId, ReplyTo = replies.QueueName, Expiration = "5000" };
await channel.BasicPublishAsync("", "sandbox.rpc", mandatory: true, properties, Encoding.UTF8.GetBytes(number));

Console.WriteLine($"Fibonacci({number}) = {await answer.Task.WaitAsync(TimeSpan.FromSeconds(5))}");
