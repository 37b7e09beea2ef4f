using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mom.ServiceDefaults.Clients;
using Mom.ServiceDefaults.Clients.RabbitMQ;
using RabbitMQ.Client;

namespace Microsoft.Extensions.Hosting;

/// <summary>The broker's client, with the names and the behaviour of Aspire.RabbitMQ.Client.</summary>
public static class AspireRabbitMQExtensions
{
    private const string Section = "Aspire:RabbitMQ:Client";

    /// <summary>
    /// Registers <see cref="IConnectionFactory"/> and one lazy <see cref="IConnection"/> as singletons, with a health check, logs and
    /// traces. Nothing connects until an <see cref="IConnection"/> is asked for.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The connection string's name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Runs after the settings were read from the configuration.</param>
    /// <param name="configureConnectionFactory">Runs last, on the factory that will be used.</param>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
        => builder.Add(connectionName, serviceKey: null, configureSettings, configureConnectionFactory);

    /// <summary>The same as <see cref="AddRabbitMQClient"/>, with <paramref name="name"/> as the services' key too.</summary>
    public static void AddKeyedRabbitMQClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
        => builder.Add(name, serviceKey: name, configureSettings, configureConnectionFactory);

    // A keyed service with the key null is an unkeyed one: one path serves both.
    private static void Add(
        this IHostApplicationBuilder builder,
        string connectionName,
        string? serviceKey,
        Action<RabbitMQClientSettings>? configureSettings,
        Action<ConnectionFactory>? configureConnectionFactory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = builder.ReadSettings(connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.TryAddSingleton<RabbitMQClientLog>();
        builder.Services.AddKeyedSingleton<IConnectionFactory>(serviceKey, (services, _) =>
        {
            services.GetRequiredService<RabbitMQClientLog>();
            var factory = builder.Configuration.CreateFactory(connectionName, settings.ConnectionString);
            configureConnectionFactory?.Invoke(factory);
            return factory;
        });
        builder.Services.AddKeyedSingleton(serviceKey, (services, _) =>
            FirstConnection.Open(services.GetRequiredKeyedService<IConnectionFactory>(serviceKey), settings.MaxConnectRetryCount));

        if (!settings.DisableAutoActivation)
            builder.Services.AddHostedService(services => new ConnectAtStart(() => services.GetRequiredKeyedService<IConnection>(serviceKey)));

        if (!settings.DisableTracing)
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("RabbitMQ.Client.*"));

        if (!settings.DisableHealthChecks)
        {
            builder.TryAddHealthCheck(
                serviceKey is null ? "RabbitMQ.Client" : $"RabbitMQ.Client_{serviceKey}",
                services => new RabbitMQHealthCheck(() => services.GetRequiredKeyedService<IConnection>(serviceKey)));
        }
    }

    private static RabbitMQClientSettings ReadSettings(this IHostApplicationBuilder builder, string connectionName)
    {
        var settings = new RabbitMQClientSettings();
        var section = builder.Configuration.GetSection(Section);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static ConnectionFactory CreateFactory(this IConfiguration configuration, string connectionName, string? connectionString)
    {
        var shared = configuration.GetSection($"{Section}:ConnectionFactory");
        var named = configuration.GetSection($"{Section}:{connectionName}:ConnectionFactory");

        // Without this the client would go to localhost:5672 as guest, and the error would be about a broker nobody has configured.
        if (string.IsNullOrEmpty(connectionString) && !shared.Exists() && !named.Exists())
            throw ConnectionStringMissing.Create(connectionName, Section);

        var factory = new ConnectionFactory();
        shared.Bind(factory);
        named.Bind(factory);
        if (!string.IsNullOrEmpty(connectionString))
            factory.Uri = new Uri(connectionString);

        return factory;
    }
}
