namespace Mom.Workers.Operations;

internal static class OperationsExtensions
{
    /// <summary>Publishes this worker's status for administrators, and pauses its consumers at their request.</summary>
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<WorkerIdentity>();
        services.AddSingleton<HandledNow>();
        services.AddSingleton<ConsumerSwitch>();
        services.AddHostedService<Heartbeat>();
    }
}
