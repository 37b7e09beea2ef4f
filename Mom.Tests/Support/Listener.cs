using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Notifications;

namespace Mom.Tests.Support;

/// <summary>A user's connection to the socket. It does not come back by itself.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Job> _pushed = new();
    private readonly Changes _changes = new();

    private Listener(string socket, ApiUser user)
    {
        _connection = new HubConnectionBuilder()
            .WithUrl($"{socket}{SocketContract.HubPath}", options => options.AccessTokenProvider = () => Task.FromResult<string?>(user.Session.AccessToken))
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, MomJsonContext.Default))
            .Build();
        _connection.On<Job>(SocketContract.JobChanged, job =>
        {
            _pushed.Enqueue(job);
            _changes.Happened();
            Jobs.Writer.TryWrite(job);
        });
        _connection.On<Notification>(SocketContract.NotificationAdded, notification => Notifications.Writer.TryWrite(notification));
        _connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Changes of jobs, to be read one after the other.</summary>
    public Channel<Job> Jobs { get; } = Channel.CreateUnbounded<Job>();

    public Channel<Notification> Notifications { get; } = Channel.CreateUnbounded<Notification>();

    /// <summary>Waits until the end of a job has been pushed.</summary>
    public Task DoneAsync(Guid job) =>
        _changes.UntilAsync(
            () => _pushed.Any(pushed => pushed.Id == job && pushed.Done),
            () => $"the end of the job {job} should be pushed; pushed were [{string.Join(", ", _pushed.Select(pushed => $"{pushed.Id}: {pushed.Status}"))}]");

    /// <summary>Ends with the connection.</summary>
    public Task Closed => _closed.Task;

    public static async Task<Listener> ConnectAsync(string socket, ApiUser user)
    {
        var listener = new Listener(socket, user);
        await listener._connection.StartAsync();
        return listener;
    }

    /// <summary>
    /// Returns when the hub has taken the connection, and counts it: the start is over with the handshake, which is before. The hub has no methods;
    /// the answer that there is none comes after that all the same.
    /// </summary>
    public Task TakenAsync() => Assert.ThrowsAsync<HubException>(() => _connection.InvokeAsync("none"));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
