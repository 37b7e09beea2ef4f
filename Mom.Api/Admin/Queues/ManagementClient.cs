using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Mom.Api.Admin.Queues;

/// <summary>Asks the broker's management plugin over HTTP.</summary>
internal sealed class ManagementClient(HttpClient http, IOptions<ManagementOptions> options, IConfiguration configuration)
{
    private Uri Broker => new(configuration.GetConnectionString("rabbitmq") ?? "amqp://guest:guest@localhost");

    /// <summary>Every queue of the virtual host that this system uses.</summary>
    /// <exception cref="ManagementUnavailableException">It cannot be asked.</exception>
    public Task<IReadOnlyList<ManagementQueue>> ListQueuesAsync(CancellationToken cancellationToken)
    {
        var host = Broker.AbsolutePath.TrimStart('/') is { Length: > 0 } name ? name : Uri.EscapeDataString("/");
        return ListAsync<ManagementQueue>($"/api/queues/{host}", cancellationToken);
    }

    /// <summary>The broker's nodes, with their alarms. It takes a user with the tag <c>monitoring</c>.</summary>
    /// <exception cref="ManagementUnavailableException">It cannot be asked.</exception>
    public Task<IReadOnlyList<ManagementNode>> ListNodesAsync(CancellationToken cancellationToken) =>
        ListAsync<ManagementNode>("/api/nodes", cancellationToken);

    private async Task<IReadOnlyList<T>> ListAsync<T>(string path, CancellationToken cancellationToken)
    {
        var url = options.Value.Url ?? throw new ManagementUnavailableException("Where the broker's management API is has not been configured: set RabbitMq:Management:Url.");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, path));
        request.Headers.Authorization = Authorization(options.Value.User is { Length: > 0 } user
            ? $"{user}:{options.Value.Password}"
            : Uri.UnescapeDataString(url.UserInfo.Length > 0 ? url.UserInfo : Broker.UserInfo));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<IReadOnlyList<T>>(cancellationToken) ?? [];
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new ManagementUnavailableException("The broker's management API does not answer as it should. It restores itself; try again soon.", exception);
        }
    }

    // A timeout of the client's is a cancellation, too.
    private static bool IsUnavailable(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static AuthenticationHeaderValue Authorization(string userInfo) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userInfo)));
}
