using System.Text.Json;
using Microsoft.Extensions.Options;
using Mom.Contracts.Operations;

namespace Mom.Api.Admin.Demo;

/// <summary>Sets how the math service behaves. It has such a route in development only.</summary>
internal sealed class DemoMathClient(HttpClient http, IOptions<DemoOptions> options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <returns><see langword="null"/> when the math service does not answer, or has no such route.</returns>
    public Task<DemoMath?> GetAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, settings: null, cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<DemoMath?> SetAsync(DemoMath math, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put,
        new Settings(TimeSpan.FromSeconds(math.MinimumSeconds ?? 0), TimeSpan.FromSeconds(math.MaximumSeconds ?? 0), math.FailureRate ?? 0),
        cancellationToken);

    private async Task<DemoMath?> SendAsync(HttpMethod method, Settings? settings, CancellationToken cancellationToken)
    {
        if (options.Value.MathService is not { } service)
        {
            return null;
        }

        using var request = new HttpRequestMessage(method, new Uri(service, "/settings"));
        request.Content = settings is null ? null : JsonContent.Create(settings, options: Json);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<Settings>(Json, cancellationToken) is { } now
                ? new DemoMath(now.MinimumDelay.TotalSeconds, now.MaximumDelay.TotalSeconds, now.FailureRate)
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private sealed record Settings(TimeSpan MinimumDelay, TimeSpan MaximumDelay, double FailureRate);
}
