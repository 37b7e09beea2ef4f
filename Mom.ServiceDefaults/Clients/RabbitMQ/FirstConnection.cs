using System.Net.Sockets;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mom.ServiceDefaults.Clients.RabbitMQ;

internal static class FirstConnection
{
    /// <summary>Connects, and tries again <paramref name="retries"/> times while the broker cannot be reached.</summary>
    /// <exception cref="BrokerUnreachableException">The broker stayed away.</exception>
    public static IConnection Open(IConnectionFactory factory, int retries)
        // A service provider cannot wait asynchronously for a service that it makes.
        => Pipeline(retries).ExecuteAsync(async token => await factory.CreateConnectionAsync(token)).AsTask().GetAwaiter().GetResult();

    private static ResiliencePipeline Pipeline(int retries) => retries <= 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<BrokerUnreachableException>(),
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxRetryAttempts = retries,
            })
            .Build();
}
