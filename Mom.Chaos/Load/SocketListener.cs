using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Mom.Chaos.Bookkeeping;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;

namespace Mom.Chaos.Load;

/// <summary>Listens to what is pushed to a user, and comes back whenever the connection breaks.</summary>
internal sealed class SocketListener : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HubConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public SocketListener(Uri socket, SimulatedUser user, Claims claims)
    {
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(socket, SocketContract.HubPath), options => options.AccessTokenProvider = () => user.TokenAsync(_stop.Token))
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, MomJsonContext.Default))
            .Build();
        _connection.On<Job>(SocketContract.JobChanged, job => claims.Pushed(new PushFact(user.Email, Marker.Of(job.Details[0].Text is { } text ? [text] : job.Details[0].Numbers), job.Done)));
        _loop = ListenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _connection.Closed += Ended;
                await _connection.StartAsync(_stop.Token);
                await closed.Task.WaitAsync(_stop.Token);
                _connection.Closed -= Ended;

                Task Ended(Exception? exception)
                {
                    closed.TrySetResult();
                    return Task.CompletedTask;
                }
            }
#pragma warning disable CA1031 // Whatever breaks the connection, the remedy is the next one.
            catch (Exception)
#pragma warning restore CA1031
            {
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
