using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mom.Hosting;

/// <summary>How an AppHost ends when it cannot start.</summary>
public static class RunExtensions
{
    /// <summary>Runs the application until it is stopped.</summary>
    /// <returns>The exit code: 0, or 1 when it cannot start with what there is. The reason is then one message on the error stream, and no stack.</returns>
    public static async Task<int> RunOrExplainAsync(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // The host logs the exception that it is about to throw, with its stack.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None));
        try
        {
            await using var application = builder.Build();
            await application.RunAsync();
            return 0;
        }
        catch (DistributedApplicationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
