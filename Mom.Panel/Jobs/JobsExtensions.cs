namespace Mom.Panel.Jobs;

/// <summary>What the jobs' pages need.</summary>
internal static class JobsExtensions
{
    public static void AddJobs(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(DashboardAddress.From(builder.Configuration));
}
