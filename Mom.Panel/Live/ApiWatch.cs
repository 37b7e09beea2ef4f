using Mom.Panel.Api;

namespace Mom.Panel.Live;

/// <summary>
/// Whether the API can be asked, and says that it is ready: once for all open pages of this process. A page whose connection to the socket stands would
/// otherwise notice only when its user does something.
/// </summary>
public sealed partial class ApiWatch(IHttpClientFactory clients, TimeProvider clock, ILogger<ApiWatch> logger) : BackgroundService
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Client = "api-watch";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private volatile string? _trouble;

    /// <summary>Raised on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>Why the API is unavailable, as a sentence; <see langword="null"/> while it can.</summary>
    public string? Trouble => _trouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            do
            {
                var trouble = await LookAsync(stoppingToken);
                if (string.Equals(trouble, _trouble, StringComparison.Ordinal))
                    continue;

                _trouble = trouble;
                LogChanged(logger, trouble ?? "The API is ready.");
                Changed?.Invoke(this, EventArgs.Empty);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task<string?> LookAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), patience.Token);
            return answer.IsSuccessStatusCode ? null : "The API is not ready: a server that it needs is unavailable.";
        }
        catch (Exception e) when (ApiTransport.IsAbsence(e, stoppingToken))
        {
            return "The API does not answer.";
        }
    }

    [LoggerMessage(LogLevel.Information, "{State}")]
    private static partial void LogChanged(ILogger logger, string state);
}
