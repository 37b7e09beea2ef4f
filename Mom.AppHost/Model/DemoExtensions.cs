namespace Mom.AppHost.Model;

/// <summary>What shows a system at work that misbehaves.</summary>
internal static class DemoExtensions
{
    /// <summary>Lets administrators make the system misbehave where this host runs it. What is published never can.</summary>
    public static IResourceBuilder<ProjectResource> WithDemo(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> mathService)
        => api.ApplicationBuilder.ExecutionContext.IsRunMode
            ? api.WithEnvironment("Demo__Enabled", "true").WithEnvironment("Demo__MathService", mathService.GetEndpoint("http"))
            : api;
}
