using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Mom.Api.Admin.Queues;

/// <summary>Asks the broker's management plugin over HTTP.</summary>
internal sealed class ManagementClient(HttpClient http, IOptions<ManagementOptions> options, IConfiguration configuration)
{
    /// <summary>Every queue of the virtual host that this system uses.</summary>
    /// <exception cref="ManagementUnavailableException">It cannot be asked.</exception>
    public async Task<IReadOnlyList<ManagementQueue>> ListQueuesAsync(CancellationToken cancellationToken)
    {
        var url = options.Value.Url ?? throw new ManagementUnavailableException("Where the broker's management API is has not been configured: set RabbitMq:Management:Url.");
        var broker = new Uri(configuration.GetConnectionString("rabbitmq") ?? "amqp://guest:guest@localhost");
        var host = broker.AbsolutePath.TrimStart('/') is { Length: > 0 } name ? name : Uri.EscapeDataString("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, $"/api/queues/{host}"));
        request.Headers.Authorization = Authorization(options.Value.User is { Length: > 0 } user
            ? $"{user}:{options.Value.Password}"
            : Uri.UnescapeDataString(url.UserInfo.Length > 0 ? url.UserInfo : broker.UserInfo));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<IReadOnlyList<ManagementQueue>>(cancellationToken) ?? [];
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
