using Mom.LocalHost.Ports;

namespace Mom.LocalHost.Services;

/// <summary>The services, in the order in which they come up.</summary>
internal static class ServiceCatalog
{
    public static IReadOnlyList<ServiceDefinition> Of(PortMap ports) =>
    [
        new(ResourceNames.MathService, "Mom.MathService", ports.MathService),
        new(ResourceNames.DbWorker, "Mom.Workers", Port: null, ResourceNames.RabbitMq, ResourceNames.Postgres, ResourceNames.Redis),
        new(ResourceNames.MathWorker, "Mom.Workers", Port: null, ResourceNames.RabbitMq, ResourceNames.Redis, ResourceNames.MathService, ResourceNames.DbWorker),
        new(ResourceNames.Api, "Mom.Api", ports.Api, ResourceNames.RabbitMq, ResourceNames.Redis, ResourceNames.DbWorker),
        new(ResourceNames.Socket, "Mom.Socket", ports.Socket, ResourceNames.RabbitMq, ResourceNames.Redis, ResourceNames.DbWorker),
        new(ResourceNames.Panel, "Mom.Panel", ports.Panel, ResourceNames.Api, ResourceNames.Socket),
    ];

    /// <summary>The project behind a service; <see langword="null"/> when that is no service.</summary>
    public static string? ProjectOf(string service) =>
        Of(PortMap.Standard).FirstOrDefault(definition => definition.Name == service)?.Project;

    /// <summary>The services that run from one project.</summary>
    public static IEnumerable<string> ServicesOf(string project) =>
        Of(PortMap.Standard).Where(definition => definition.Project == project).Select(definition => definition.Name);
}
