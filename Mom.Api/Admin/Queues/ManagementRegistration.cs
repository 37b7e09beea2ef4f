namespace Mom.Api.Admin.Queues;

internal static class ManagementRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void AddManagement(this IServiceCollection services)
    {
        services.AddOptions<ManagementOptions>().BindConfiguration(ManagementOptions.Section);
        services.AddHttpClient<ManagementClient>(http => http.Timeout = Patience);
    }
}
