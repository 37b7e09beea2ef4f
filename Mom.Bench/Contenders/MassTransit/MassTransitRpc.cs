using MassTransit;
using Mom.Bench.Contenders.MassTransit.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.MassTransit;

/// <summary>Requests with replies: not persistent, as those of the others.</summary>
internal sealed class MassTransitRpc(BenchTargets targets, int callers) : IWorkload
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.masstransit.rpc");
    private MassTransitBus _bus = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _bus = await MassTransitBus.ConsumeAsync<QuestionConsumer>(targets, _queue, new Round(0), cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        var client = _bus.Bus.CreateRequestClient<Question>(MassTransitBus.AddressOf(_queue), Patience);
        round.Begin();
        await Callers.RunAsync(round, callers, async number =>
        {
            var response = await client.GetResponse<Answer>(
                new Question(number, Sizes.Text),
                static request => request.UseExecute(static send => send.Durable = false),
                cancellationToken);
            round.Count(response.Message.Number);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _queue.DisposeAsync();
    }

    internal sealed class QuestionConsumer : IConsumer<Question>
    {
        public Task Consume(ConsumeContext<Question> context) =>
            context.RespondAsync(new Answer(context.Message.Number, Sizes.Text));
    }
}
