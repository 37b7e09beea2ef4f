using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mom.ServiceDefaults.Clients;
using Mom.ServiceDefaults.Npgsql;

namespace Microsoft.Extensions.Hosting;

/// <summary>The database's context, with the names and the behaviour of Aspire.Npgsql.EntityFrameworkCore.PostgreSQL.</summary>
public static class AspireEFPostgreSqlExtensions
{
    private const string Section = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    /// <summary>The name of Npgsql's activity source and of its meter.</summary>
    private const string Telemetry = "Npgsql";

    /// <summary>Registers <typeparamref name="TContext"/> from a pool, with retries, a health check, traces and metrics.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The connection string's name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Runs after the settings were read from the configuration.</param>
    /// <param name="configureDbContextOptions">Runs last, on the options that will be used.</param>
    /// <remarks>A missing connection string is reported when a context is first asked for, as there is a logger by then.</remarks>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = builder.ReadSettings<TContext>(connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            options.UseSettings(settings, connectionName);
            configureDbContextOptions?.Invoke(options);
        });

        if (!settings.DisableHealthChecks)
            builder.TryAddHealthCheck(
                typeof(TContext).Name, services => new DbContextHealthCheck<TContext>(services.GetRequiredService<TContext>()));

        if (!settings.DisableTracing)
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(Telemetry));

        if (!settings.DisableMetrics)
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Telemetry));
    }

    private static NpgsqlEntityFrameworkCorePostgreSQLSettings ReadSettings<TContext>(this IHostApplicationBuilder builder, string connectionName)
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        var section = builder.Configuration.GetSection(Section);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        section.GetSection(typeof(TContext).Name).Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static void UseSettings(
        this DbContextOptionsBuilder options, NpgsqlEntityFrameworkCorePostgreSQLSettings settings, string connectionName)
    {
        // dotnet-ef needs the model only, and has no connection string.
        if (string.IsNullOrWhiteSpace(settings.ConnectionString) && !EF.IsDesignTime)
            throw ConnectionStringMissing.Create(connectionName, Section);

        options.UseNpgsql(settings.ConnectionString, npgsql =>
        {
            if (!settings.DisableRetry)
                npgsql.EnableRetryOnFailure();
            if (settings.CommandTimeout is { } seconds)
                npgsql.CommandTimeout(seconds);
        });
    }
}
