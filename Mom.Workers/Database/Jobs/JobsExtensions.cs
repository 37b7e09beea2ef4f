using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Jobs.Keys;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Reconciling;

namespace Mom.Workers.Database.Jobs;

internal static class JobsExtensions
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddScoped<FairTurns>();
        services.AddScoped<UnfinishedJobs>();
        services.AddScoped<JobKeys>();
        services.AddScoped<JobTransaction>();
        services.AddScoped<JobChanges>();
        services.AddScoped<JobOutcomes>();
        services.AddScoped<JobActions>();
        services.AddScoped<JobCommands>();
        services.AddScoped<AdminJobActions>();
        services.AddScoped<JobRequeue>();
        services.AddScoped<AdminJobs>();
        services.AddScoped<JobCounts>();
        services.AddSingleton<CancelledRuns>();
        services.AddOptions<UserJobOptions>().BindConfiguration(UserJobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ReconcileOptions>().BindConfiguration(ReconcileOptions.Section).ValidateDataAnnotations().ValidateOnStart();
    }
}
