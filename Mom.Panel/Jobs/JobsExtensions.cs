namespace Mom.Panel.Jobs;

/// <summary>Registers the services of the jobs' pages.</summary>
internal static class JobsExtensions
{
    public static void AddJobs(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(DashboardAddress.From(builder.Configuration));
}
