using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mom.Hosting.Reporting;

/// <summary>A report of the start on the host's console.</summary>
public static class StartReportExtensions
{
    /// <summary>Writes to the host's log what does not start and why, and once that everything is healthy and where to find it.</summary>
    /// <remarks>
    /// An AppHost is silent when a resource fails: what waits for it waits on, and the reason stands in the dashboard only. This writes at
    /// once each resource that fails to start, ends with another code than 0, ends while others wait for it, or stays unhealthy, with the last
    /// lines of its log and the names of those that wait. What a person stops is not reported. Addresses are shown without user and query.
    /// </remarks>
    /// <param name="builder">The application.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of lines is negative.</exception>
    public static IDistributedApplicationBuilder AddStartReport(this IDistributedApplicationBuilder builder, StartReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.LogLines, nameof(options));

        builder.Services.TryAddSingleton(options);
        builder.Services.TryAddEventingSubscriber<StartReporter>();
        return builder;
    }
}
