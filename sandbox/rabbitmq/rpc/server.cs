// Answers requests for Fibonacci numbers until Ctrl+C.
#:package RabbitMQ.Client
using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.rpc", durable: true, exclusive: false, autoDelete: false);
await channel.BasicQosAsync(0, prefetchCount: 1, global: false);

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += async (_, request) =>
{
    var number = int.Parse(Encoding.UTF8.GetString(request.Body.Span), CultureInfo.InvariantCulture);
    Console.WriteLine($"Asked for: Fibonacci({number})");
    var reply = Encoding.UTF8.GetBytes(Fibonacci(number).ToString(CultureInfo.InvariantCulture));

    // The request says where its reply goes to, and which of the caller's requests it belongs to.
    var properties = new BasicProperties { CorrelationId = request.BasicProperties.CorrelationId };
    await channel.BasicPublishAsync("", routingKey: request.BasicProperties.ReplyTo!, mandatory: false, properties, reply);
    await channel.BasicAckAsync(request.DeliveryTag, multiple: false);
};
await channel.BasicConsumeAsync("sandbox.rpc", autoAck: false, consumer);
Console.WriteLine("Waiting for requests. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);

static long Fibonacci(int number)
{
    var (current, next) = (0L, 1L);
    for (var each = 0; each < number; each++)
        (current, next) = (next, current + next);
    return current;
}
