namespace Mom.AppHost.Model;

internal static class MigrationExtensions
{
    /// <summary>Lets the database's worker wait for a step that brings the schema up to date and ends.</summary>
    /// <remarks>
    /// A step of its own shows in the dashboard what migrated, and how long it took, and a migration that fails stops the start there. It
    /// is no other way of migrating: where there is no such step, as in what is published (a Deployment of Kubernetes would start it
    /// again and again), the worker does the same before it consumes. EF Core's lock lets one at a time.
    /// </remarks>
    public static IResourceBuilder<ProjectResource> AfterMigrations(
        this IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<ParameterResource> adminEmail,
        IResourceBuilder<ParameterResource> adminPassword)
    {
        var builder = worker.ApplicationBuilder;
        if (!builder.ExecutionContext.IsRunMode)
            return worker;

        var migrations = builder.AddProject<Projects.Mom_Workers>("migrations")
            .WithEnvironment("Workers__Roles", "migrate")
            .WithIconName("DatabaseArrowUp")
            .WithReference(database).WaitFor(database)
            .WithEnvironment("Admin__Email", adminEmail)
            .WithEnvironment("Admin__Password", adminPassword)
            .WithParentRelationship(worker);

        return worker.WaitForCompletion(migrations);
    }
}
