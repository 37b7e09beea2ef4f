using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Wolverine;
using Wolverine.RabbitMQ;

namespace Mom.Bench.Contenders.Wolverine;

/// <summary>
/// WolverineFx 6.62 (MIT), set up as its documentation says, with the guarantees of the others: publisher confirms, persistent, ack
/// after the handler. It cannot publish as mandatory.
/// </summary>
internal sealed class WolverineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private WolverineHost(IHost host) => _host = host;

    /// <summary>A bus for one caller or many.</summary>
    public IMessageBus Bus => _host.MessageBus();

    /// <summary>Sends messages of one type to a queue.</summary>
    public static Task<WolverineHost> SendAsync<TMessage>(BenchTargets targets, BenchQueue queue, bool persistent, CancellationToken cancellationToken) =>
        StartAsync(
            targets,
            options => options.PublishMessage<TMessage>().ToRabbitQueue(queue.Name).SendInline().UseInterop((_, mapper) =>
                // The last thing that is written; Wolverine itself marks as persistent only what comes from its own store.
                mapper.MapOutgoingProperty(envelope => envelope.Id, (envelope, properties) =>
                {
                    properties.MessageId = envelope.Id.ToString();
                    properties.Persistent = persistent;
                })),
            cancellationToken);

    /// <summary>With one handler of a queue, which counts in the round.</summary>
    public static Task<WolverineHost> ConsumeAsync<THandler>(BenchTargets targets, BenchQueue queue, Round round, CancellationToken cancellationToken) =>
        StartAsync(
            targets,
            options =>
            {
                options.Services.AddSingleton(round);
                options.Discovery.IncludeType<THandler>();
                options.ListenToRabbitQueue(queue.Name).PreFetchCount(Sizes.Prefetch).ConsumerDispatchConcurrency(Sizes.Concurrency).ProcessInline();
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static async Task<WolverineHost> StartAsync(BenchTargets targets, Action<WolverineOptions> configure, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.ClearProviders();
        builder.UseWolverine(options =>
        {
            options.Durability.Mode = DurabilityMode.Solo;
            options.CodeGeneration.TypeLoadMode = TypeLoadMode.Dynamic;
            // The handlers of the other contenders are none of its.
            options.Discovery.DisableConventionalDiscovery();
            options.UseRabbitMq(new Uri(targets.RabbitMq)).ConfigureChannelCreation(channel =>
            {
                channel.PublisherConfirmationsEnabled = true;
                channel.PublisherConfirmationTrackingEnabled = true;
            });
            configure(options);
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new WolverineHost(host);
    }
}
