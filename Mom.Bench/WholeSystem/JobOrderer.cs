using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Contracts.Users;
using Mom.Testing;

namespace Mom.Bench.WholeSystem;

/// <summary>A user who orders jobs over HTTP and is told of their ends over the socket.</summary>
internal sealed class JobOrderer : IAsyncDisposable
{
    /// <summary>The one operation of each job.</summary>
    public const string Body = """{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""";

    private const string Password = "correct horse";

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _ends = new();
    private readonly HttpClient _http;
    private HubConnection? _socket;

    private JobOrderer(string api) => _http = new HttpClient { BaseAddress = new Uri(api) };

    /// <summary>The token of its session.</summary>
    public string Token { get; private set; } = string.Empty;

    /// <summary>Registers, logs in and listens.</summary>
    public static async Task<JobOrderer> StartAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        var orderer = new JobOrderer(system.Api);
        var email = $"{Guid.NewGuid():N}@example.org";
        await orderer.PostAsync<User>("/register", new RegisterBody("Ann", "Lee", email, Password), cancellationToken);
        var session = await orderer.PostAsync<Session>("/login", new LoginBody(email, Password), cancellationToken);
        orderer.Token = session.AccessToken;
        orderer._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        orderer._socket = new HubConnectionBuilder()
            .WithUrl($"{system.Socket}{SocketContract.HubPath}", options => options.AccessTokenProvider = () => Task.FromResult<string?>(session.AccessToken))
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, MomJsonContext.Default))
            .Build();
        orderer._socket.On<Job>(SocketContract.JobChanged, orderer.Pushed);
        await orderer._socket.StartAsync(cancellationToken);
        return orderer;
    }

    /// <summary>Orders a job.</summary>
    /// <returns>Its id, and how long the answer took.</returns>
    public async Task<(Guid Id, TimeSpan Took)> OrderAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/job", UriKind.Relative), content, cancellationToken);
        var took = Stopwatch.GetElapsedTime(started);
        answer.EnsureSuccessStatusCode();
        return ((await answer.Content.ReadFromJsonAsync<Job>(MomJsonContext.Default.Options, cancellationToken))!.Id, took);
    }

    /// <summary>Returns when the end of a job has been pushed.</summary>
    public Task EndOfAsync(Guid job, CancellationToken cancellationToken) => End(job).Task.WaitAsync(cancellationToken);

    /// <summary>Orders a job and waits for its end, so that the next order finds the system at rest.</summary>
    /// <returns>How long the answer took.</returns>
    public async Task<TimeSpan> OrderAndWaitAsync(CancellationToken cancellationToken)
    {
        var (id, took) = await OrderAsync(cancellationToken);
        await EndOfAsync(id, cancellationToken);
        return took;
    }

    /// <summary>Reads from a path, such as <c>/job/my</c>: the first page of the own jobs.</summary>
    /// <returns>How long the answer took.</returns>
    public async Task<TimeSpan> GetAsync(string path, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is { } socket)
        {
            await socket.DisposeAsync();
        }

        _http.Dispose();
    }

    private void Pushed(Job job)
    {
        if (job.Done)
        {
            End(job.Id).TrySetResult();
        }
    }

    // The push may come before the answer.
    private TaskCompletionSource End(Guid job) => _ends.GetOrAdd(job, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(body, body.GetType(), mediaType: null, MomJsonContext.Default.Options);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<T>(MomJsonContext.Default.Options, cancellationToken))!;
    }
}
