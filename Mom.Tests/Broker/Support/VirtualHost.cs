using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mom.Messaging.Topology;
using Mom.Testing;
using Mom.Tests.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mom.Tests.Broker.Support;

/// <summary>A virtual host of the broker that exists for one test.</summary>
internal sealed class VirtualHost : IAsyncDisposable
{
    private readonly HttpClient _management;
    private readonly string _name = $"test-{Guid.NewGuid():N}";
    private readonly List<string> _users = [];

    private VirtualHost(RunningSystem system)
    {
        System = system;
        Uri = new Uri($"{system.Connections.RabbitMq}/{_name}");
        _management = new HttpClient { BaseAddress = new Uri($"{system.Management.TrimEnd('/')}/api/") };
        _management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UserInfo)));
    }

    public RunningSystem System { get; }

    /// <summary>With the password: not for logs.</summary>
    public Uri Uri { get; }

    public static async Task<VirtualHost> CreateAsync(RunningSystem system)
    {
        var host = new VirtualHost(system);
        using var created = await host._management.PutAsJsonAsync($"vhosts/{host._name}", new { });
        created.EnsureSuccessStatusCode();
        using var allowed = await host._management.PutAsJsonAsync($"permissions/{host._name}/{host.Uri.UserInfo.Split(':')[0]}", new { configure = ".*", write = ".*", read = ".*" });
        allowed.EnsureSuccessStatusCode();
        return host;
    }

    /// <summary>A connection of the test's own, beside those of the engine.</summary>
    public Task<IConnection> ConnectAsync() => Factory().CreateConnectionAsync();

    public ConnectionFactory Factory() => new() { Uri = Uri };

    /// <summary>Adds a user who may do in this virtual host what the patterns say, for as long as this exists.</summary>
    public async Task<ConnectionFactory> AddUserAsync(string write = ".*", string read = ".*")
    {
        var user = new ConnectionFactory { Uri = Uri, UserName = $"user-{Guid.NewGuid():N}", Password = $"{Guid.NewGuid():N}" };
        using var added = await _management.PutAsJsonAsync($"users/{user.UserName}", new { password = user.Password, tags = string.Empty });
        added.EnsureSuccessStatusCode();
        _users.Add(user.UserName);
        await PermitAsync(user, write, read);
        return user;
    }

    /// <summary>Changes what a user may do. The broker asks again on each new channel.</summary>
    public async Task PermitAsync(ConnectionFactory user, string write, string read = ".*", string configure = ".*")
    {
        using var permitted = await _management.PutAsJsonAsync($"permissions/{_name}/{user.UserName}", new { configure, write, read });
        permitted.EnsureSuccessStatusCode();
    }

    /// <summary>Sets with which keys a user may publish to a topic exchange.</summary>
    public async Task PermitTopicAsync(ConnectionFactory user, string exchange, string write)
    {
        using var permitted = await _management.PutAsJsonAsync($"topic-permissions/{_name}/{user.UserName}", new { exchange, write, read = ".*" });
        permitted.EnsureSuccessStatusCode();
    }

    /// <summary>Sets the broker's <c>max_message_size</c> for channels that are opened from here on, until the result is disposed.</summary>
    /// <param name="bytes">The largest body.</param>
    public async Task<IAsyncDisposable> LimitBodiesAsync(int bytes)
    {
        await BrokerSettings.SetAsync(System, $"max_message_size, {bytes}");
        return new BodyLimit(System);
    }

    /// <summary>Sets a policy on a queue, such as <c>max-length</c>.</summary>
    public async Task SetPolicyAsync(string queue, Dictionary<string, object> definition)
    {
        using var set = await _management.PutAsJsonAsync(
            $"policies/{_name}/test", new Dictionary<string, object> { ["pattern"] = $"^{queue}$", ["definition"] = definition, ["apply-to"] = "queues" });
        set.EnsureSuccessStatusCode();
    }

    /// <summary>Publishes by the management API, which knows no largest frame.</summary>
    public async Task PublishByManagementAsync(string queue, string type, Dictionary<string, object> headers, string body)
    {
        using var published = await _management.PostAsJsonAsync(
            $"exchanges/{_name}/amq.default/publish",
            new Dictionary<string, object>
            {
                ["properties"] = new Dictionary<string, object> { ["type"] = type, ["headers"] = headers },
                ["routing_key"] = queue,
                ["payload"] = body,
                ["payload_encoding"] = "string",
            });
        published.EnsureSuccessStatusCode();
    }

    /// <summary>The broker's name of a queue's type.</summary>
    public async Task<string?> QueueTypeAsync(string queue) => await QueueArgumentAsync(queue, "x-queue-type");

    /// <summary>An argument that a queue was declared with, as text; <see langword="null"/> when it was declared without it.</summary>
    public async Task<string?> QueueArgumentAsync(string queue, string argument)
    {
        using var answer = JsonDocument.Parse(await _management.GetStringAsync($"queues/{_name}/{queue}"));
        return answer.RootElement.GetProperty("arguments").TryGetProperty(argument, out var value) ? value.ToString() : null;
    }

    /// <summary>A queue that takes messages and confirms none, in a broker that is well, until the result is disposed.</summary>
    public async Task<IAsyncDisposable> SuspendQueueAsync(string queue)
    {
        await RabbitMqCtl.SuspendQueueAsync(System, _name, queue);
        return new Suspension(System, _name, queue);
    }

    /// <summary>Breaks every connection to this virtual host, as a failing network would.</summary>
    public async Task CloseConnectionsAsync()
    {
        // The broker's statistics lag behind by seconds, so a connection that has just been opened may not be listed yet.
        while (true)
        {
            var connections = await _management.GetFromJsonAsync<List<Connection>>($"vhosts/{_name}/connections") ?? [];
            foreach (var (name, _) in connections)
            {
                using var closed = await _management.DeleteAsync($"connections/{Uri.EscapeDataString(name)}");
            }

            if (connections.Count > 0)
            {
                return;
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Takes one message, acked at once; <see langword="null"/> when there is none.</summary>
    public async Task<BasicGetResult?> GetAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.BasicGetAsync(queue, autoAck: true);
    }

    /// <summary>Takes so many messages, in their order; waits until there are so many.</summary>
    public async Task<IReadOnlyList<BasicGetResult>> TakeAllAsync(string queue, int count)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var messages = new List<BasicGetResult>();
        await Eventually.TrueAsync(
            async () =>
            {
                while (messages.Count < count && await channel.BasicGetAsync(queue, autoAck: true) is { } message)
                {
                    messages.Add(message);
                }

                return messages.Count == count;
            },
            $"{count} messages should have been in {queue}");
        return messages;
    }

    /// <summary>Declares a topology, as every connection of the engine does.</summary>
    public async Task DeclareAsync(BrokerTopology topology)
    {
        var declarer = new TopologyDeclarer(topology);
        try
        {
            await using var connection = await ConnectAsync();
            await declarer.DeclareAsync(connection, CancellationToken.None);
        }
        catch (AlreadyClosedException)
        {
            // A declaration that is refused ends its channel, and what was sent behind it before that was known can end the connection. The engine
            // connects again, and its declarer knows by then what to keep.
            await using var connection = await ConnectAsync();
            await declarer.DeclareAsync(connection, CancellationToken.None);
        }
    }

    /// <summary>How many messages are ready in a queue.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    public async Task DeleteQueueAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue);
    }

    /// <summary>Stops the broker's process as it stands, connections open and silent, until the result is disposed.</summary>
    public IDisposable Freeze()
    {
        System.Freeze(ResourceNames.RabbitMq);
        return new Thaw(System);
    }

    public async ValueTask DisposeAsync()
    {
        using var deleted = await _management.DeleteAsync($"vhosts/{_name}");
        foreach (var user in _users)
        {
            using var removed = await _management.DeleteAsync($"users/{user}");
        }

        _management.Dispose();
    }

    private sealed record Connection(string Name, string Vhost);

    private sealed class BodyLimit(RunningSystem system) : IAsyncDisposable
    {
        // The broker's own default up to 3.13; since 4.0 it is 16 MiB.
        private const int Usual = 134_217_728;

        public async ValueTask DisposeAsync() => await BrokerSettings.SetAsync(system, $"max_message_size, {Usual}");
    }

    private sealed class Suspension(RunningSystem system, string host, string queue) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await RabbitMqCtl.ResumeQueueAsync(system, host, queue);
    }

    private sealed class Thaw(RunningSystem system) : IDisposable
    {
        public void Dispose() => system.Thaw(ResourceNames.RabbitMq);
    }
}
