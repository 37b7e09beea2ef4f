using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Mom.Workers.Math;

/// <summary>How patient the worker is with the math service.</summary>
internal static class MathResilience
{
    /// <summary>For one call. The service may think for 10 s, and then calculate factors for up to 5 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(17);

    /// <summary>
    /// One more call at once after one that failed, since most troubles are short; what lasts longer is the retry tiers' business. When
    /// most calls fail, none is made for some seconds: a service in trouble is left in peace, and a step fails fast into its tier.
    /// Answers of 400 to 499 are no failures, but for 408 and 429.
    /// </summary>
    public static void AddMathResilience(this IHttpClientBuilder client)
    {
        // The limits below are the client's; its own would cut off the second call.
        client.ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan);
        client.AddResilienceHandler("math-service", pipeline => pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Constant,
                UseJitter = true,
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.8,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(40),
                BreakDuration = TimeSpan.FromSeconds(5),
            })
            .AddTimeout(Patience));
    }
}
