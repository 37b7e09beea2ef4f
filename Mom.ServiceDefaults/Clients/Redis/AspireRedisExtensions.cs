using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.ServiceDefaults.Clients;
using Mom.ServiceDefaults.Clients.Redis;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>The cache's client, with the names and the behaviour of Aspire.StackExchange.Redis.</summary>
public static class AspireRedisExtensions
{
    private const string Section = "Aspire:StackExchange:Redis";

    /// <summary>
    /// Registers one lazy <see cref="IConnectionMultiplexer"/> as a singleton, with a health check. A server that is away does not fail
    /// it: the multiplexer goes on trying in the background.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The connection string's name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Runs after the settings were read from the configuration.</param>
    /// <param name="configureOptions">Runs last, on the options that will be used.</param>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = builder.ReadSettings(connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
        {
            var options = builder.Configuration.CreateOptions(connectionName, settings.ConnectionString);
            configureOptions?.Invoke(options);
            if (options.EndPoints.Count == 0)
                throw ConnectionStringMissing.Create(connectionName, Section);

            options.LoggerFactory ??= services.GetService<ILoggerFactory>();
            return ConnectionMultiplexer.Connect(options);
        });

        if (!settings.DisableAutoActivation)
            builder.Services.AddHostedService(services => new ConnectAtStart(services.GetRequiredService<IConnectionMultiplexer>));

        if (!settings.DisableHealthChecks)
            builder.TryAddHealthCheck("StackExchange.Redis", services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>));
    }

    private static StackExchangeRedisSettings ReadSettings(this IHostApplicationBuilder builder, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        var section = builder.Configuration.GetSection(Section);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static ConfigurationOptions CreateOptions(this IConfiguration configuration, string connectionName, string? connectionString)
    {
        // Later keys win: a connection string that says abortConnect=true gets it.
        var options = ConfigurationOptions.Parse($"abortConnect=false,{connectionString}");
        configuration.GetSection($"{Section}:ConfigurationOptions").Bind(options);
        configuration.GetSection($"{Section}:{connectionName}:ConfigurationOptions").Bind(options);
        return options;
    }
}
