using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging;

namespace Mom.Bench.Contenders.MassTransit;

/// <summary>
/// MassTransit 8.5 (Apache-2.0), set up as its documentation says, with the guarantees of the others: publisher confirms (its
/// default), persistent (its default), mandatory, ack after the consumer.
/// </summary>
internal sealed class MassTransitBus : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private MassTransitBus(ServiceProvider services) => _services = services;

    public IBusControl Bus => _services.GetRequiredService<IBusControl>();

    public static async Task<MassTransitBus> StartAsync(BenchTargets targets, CancellationToken cancellationToken) =>
        await StartAsync(targets, static _ => { }, static (_, _) => { }, cancellationToken);

    /// <summary>With one consumer of a queue, which counts in the round.</summary>
    public static Task<MassTransitBus> ConsumeAsync<TConsumer>(BenchTargets targets, BenchQueue queue, Round round, CancellationToken cancellationToken)
        where TConsumer : class, IConsumer =>
        StartAsync(
            targets,
            configurator =>
            {
                configurator.AddSingleton(round);
                configurator.AddConsumer<TConsumer>();
            },
            (context, configurator) => configurator.ReceiveEndpoint(queue.Name, endpoint =>
            {
                endpoint.SetQueueArgument("x-queue-type", "classic");
                endpoint.EnablePriority(MessagePriority.Maximum);
                endpoint.ConfigureConsumeTopology = false;
                endpoint.PrefetchCount = Sizes.Prefetch;
                endpoint.ConcurrentMessageLimit = Sizes.Concurrency;
                endpoint.ConfigureConsumer<TConsumer>(context);
            }),
            cancellationToken);

    /// <summary>Where to send what is for a queue.</summary>
    public static Uri AddressOf(BenchQueue queue) => new($"exchange:{queue.Name}");

    public async ValueTask DisposeAsync()
    {
        await Bus.StopAsync();
        await _services.DisposeAsync();
    }

    private static async Task<MassTransitBus> StartAsync(
        BenchTargets targets,
        Action<IBusRegistrationConfigurator> register,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure,
        CancellationToken cancellationToken)
    {
        var address = new Uri(targets.RabbitMq);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMassTransit(bus =>
        {
            register(bus);
            bus.UsingRabbitMq((context, configurator) =>
            {
                configurator.Host(address.Host, (ushort)address.Port, "/", host =>
                {
                    host.Username(address.UserInfo.Split(':')[0]);
                    host.Password(address.UserInfo.Split(':')[1]);
                });
                configurator.ConfigureSend(pipe => pipe.UseSendExecute(static send =>
                {
                    if (send.TryGetPayload(out RabbitMqSendContext? rabbit))
                    {
                        rabbit.Mandatory = true;
                    }
                }));
                configure(context, configurator);
            });
        });
        var self = new MassTransitBus(services.BuildServiceProvider());
        await self.Bus.StartAsync(cancellationToken);
        return self;
    }
}
