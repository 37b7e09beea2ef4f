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

    /// <summary>The services that one project is behind.</summary>
    public static IEnumerable<string> SharingProjectWith(string service)
    {
        var all = Of(PortMap.Standard);
        var project = all.FirstOrDefault(definition => definition.Name == service)?.Project;
        return all.Where(definition => definition.Project == project).Select(definition => definition.Name);
    }
}
