using Mom.Bench.Contenders.Wolverine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.Wolverine;

/// <summary>Requests with replies. Two hosts: with a handler of its own a host would not go through the broker at all.</summary>
internal sealed class WolverineRpc(BenchTargets targets, int callers) : IWorkload
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.wolverine.rpc");
    private WolverineHost _client = null!;
    private WolverineHost _server = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _server = await WolverineHost.ConsumeAsync<QuestionHandler>(targets, _queue, new Round(0), cancellationToken);
        _client = await WolverineHost.SendAsync<Question>(targets, _queue, persistent: false, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round, callers, async number =>
            round.Count((await _client.Bus.InvokeAsync<Answer>(new Question(number, Sizes.Text), cancellationToken, Patience)).Number));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
