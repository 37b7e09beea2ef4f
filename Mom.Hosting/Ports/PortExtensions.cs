using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mom.Hosting.Ports;

/// <summary>Fixed ports of an AppHost: shifted by one setting, and looked at before anything starts.</summary>
public static class PortExtensions
{
    /// <summary>The setting that is added to every fixed port; 0 when it is not set.</summary>
    public const string OffsetSetting = "Ports:Offset";

    /// <summary>The largest offset: with it, the fixed ports of an application up to 19,535 stay below 65,536.</summary>
    public const int MaximumOffset = 46_000;

    // Aspire's own addresses: the dashboard's, the two for telemetry, and the one from which the dashboard hears of resources.
    private static readonly string[] AddressSettings =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    /// <summary>A fixed port, shifted by the offset; <see langword="null"/>, which lets the orchestrator choose, where ports are random, as in tests.</summary>
    public static int? Port(this IDistributedApplicationBuilder builder, int port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return HasRandomPorts(builder.Configuration) ? null : Shift(builder.Configuration, port);
    }

    /// <summary>Shifts the addresses of the dashboard and of telemetry by the offset.</summary>
    public static void ShiftDashboard(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (HasRandomPorts(builder.Configuration))
            return;

        foreach (var setting in AddressSettings)
        {
            if (builder.Configuration[setting] is { Length: > 0 } addresses)
            {
                builder.Configuration[setting] = string.Join(';', addresses.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(address => new UriBuilder(address) is var uri && uri.Port > 0
                        ? new UriBuilder(uri.Uri) { Port = Shift(builder.Configuration, uri.Port) }.Uri.GetLeftPart(UriPartial.Authority)
                        : address));
            }
        }
    }

    /// <summary>Ends the start before any resource starts, with a message that names every taken port, its purpose, and the process that holds it.</summary>
    /// <remarks>The same for an offset that is no number from 0 to <see cref="MaximumOffset"/>.</remarks>
    public static void CheckPorts(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            var configuration = start.Services.GetRequiredService<IConfiguration>();
            if (OffsetOf(configuration) is null)
                throw new DistributedApplicationException($"{OffsetSetting} is '{configuration[OffsetSetting]}'. It is a whole number from 0 to {MaximumOffset} that is added to every port.");
            if (builder.ExecutionContext.IsRunMode && !HasRandomPorts(configuration))
                PortCheck.Demand(Uses(start.Model, configuration));
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<PortUse> Uses(DistributedApplicationModel model, IConfiguration configuration)
    {
        var endpoints = from resource in model.Resources
                        from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
                        let port = endpoint.Port ?? 0
                        where port > 0
                        select new PortUse(port, $"{resource.Name} ({endpoint.Name})");
        var dashboard = from setting in AddressSettings
                        from address in (configuration[setting] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries)
                        select new PortUse(new Uri(address).Port, setting is "ASPNETCORE_URLS" ? "the dashboard" : "the dashboard's telemetry");
        return endpoints.Concat(dashboard).DistinctBy(use => use.Port);
    }

    private static bool HasRandomPorts(IConfiguration configuration) => configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    // A setting that means nothing shifts nothing here; the check says so at the start, where it is a message and no stack.
    private static int Shift(ConfigurationManager configuration, int port) => port + (OffsetOf(configuration) ?? 0);

    /// <returns>The offset; <see langword="null"/> when the setting is no number from 0 to <see cref="MaximumOffset"/>.</returns>
    private static int? OffsetOf(IConfiguration configuration) => configuration[OffsetSetting] is not { Length: > 0 } text
        ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset <= MaximumOffset ? offset : null;
}
