using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Mom.Panel.Api;

/// <summary>The way to Mom.Api.</summary>
internal static class ApiExtensions
{
    public static void AddApiClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services
            .AddHttpClient<ApiClient>(client => client.BaseAddress = new Uri("https+http://api"))
            .AddStandardResilienceHandler(Configure);
    }

    // A user waits, so there are two quick retries, then the error with a button to try again. Unsafe requests are never retried.
    private static void Configure(HttpStandardResilienceOptions options)
    {
        options.Retry.DisableForUnsafeHttpMethods();
        options.Retry.MaxRetryAttempts = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(250);
        options.Retry.BackoffType = DelayBackoffType.Exponential;
        options.Retry.UseJitter = true;
        options.Retry.ShouldRetryAfterHeader = false;
    }
}
