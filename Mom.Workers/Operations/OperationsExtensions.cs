namespace Mom.Workers.Operations;

internal static class OperationsExtensions
{
    /// <summary>Lets administrators see this worker, and pause what it consumes.</summary>
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<WorkerIdentity>();
        services.AddSingleton<HandledNow>();
        services.AddSingleton<ConsumerSwitch>();
        services.AddHostedService<Heartbeat>();
    }
}
