using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mom.Testing;

namespace Mom.Chaos.Bookkeeping;

/// <summary>The broker's management HTTP API: https://www.rabbitmq.com/docs/http-api-reference.</summary>
internal sealed class BrokerScreen : IDisposable
{
    private const string ReplyQueues = "mom.reply.";

    private readonly HttpClient _http;

    public BrokerScreen(RunningSystem system)
    {
        var user = new Uri(system.Connections.RabbitMq).UserInfo;
        _http = new HttpClient { BaseAddress = new Uri(system.Management), Timeout = TimeSpan.FromSeconds(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
    }

    /// <summary>All queues but those of replies. Counts are those of the last few seconds, so a quiet moment is looked at twice.</summary>
    public async Task<IReadOnlyList<QueueFact>> QueuesAsync(CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(
            await _http.GetStreamAsync("/api/queues?columns=name,messages_ready,messages_unacknowledged", cancellationToken),
            cancellationToken: cancellationToken);
        return [.. document.RootElement.EnumerateArray()
            .Select(queue => new QueueFact(queue.GetProperty("name").GetString()!, Number(queue, "messages_ready"), Number(queue, "messages_unacknowledged")))
            .Where(queue => !queue.Name.StartsWith(ReplyQueues, StringComparison.Ordinal))];
    }

    /// <summary>Sets limits on queues by a policy.</summary>
    public async Task SetPolicyAsync(string name, string pattern, string definition, CancellationToken cancellationToken)
    {
        using var body = new StringContent($$"""{"pattern":"{{pattern}}","definition":{{definition}},"apply-to":"queues"}""", Encoding.UTF8, "application/json");
        using var answer = await _http.PutAsync($"/api/policies/%2F/{name}", body, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Takes a policy back; one that is not there is no error.</summary>
    public async Task DeletePolicyAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync($"/api/policies/%2F/{name}", cancellationToken);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Publishes to a queue with any properties and headers; the broker's own publisher knows no limit of a frame.</summary>
    public async Task PublishAsync(string queue, JsonObject properties, string body)
    {
        var message = new JsonObject { ["properties"] = properties, ["routing_key"] = queue, ["payload"] = body, ["payload_encoding"] = "string" };
        using var answer = await _http.PostAsJsonAsync("/api/exchanges/%2F/amq.default/publish", message);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Closes every client's connection, as an operator or a load balancer would.</summary>
    public async Task CloseConnectionsAsync(CancellationToken cancellationToken)
    {
        var connections = await _http.GetFromJsonAsync<JsonElement>("/api/connections?columns=name", cancellationToken);
        foreach (var name in connections.EnumerateArray().Select(connection => connection.GetProperty("name").GetString()!))
        {
            // Gone by itself meanwhile: so much the better.
            using var _ = await _http.DeleteAsync($"/api/connections/{Uri.EscapeDataString(name)}", cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static long Number(JsonElement queue, string name) => queue.TryGetProperty(name, out var number) ? number.GetInt64() : 0;
}
