namespace Mom.Workers.Database;

/// <summary>The role <c>migrate</c>: what the role <c>db</c> does before it consumes, as a step that ends.</summary>
internal static class MigrationStep
{
    public static async Task RunAsync(string[] args)
    {
        // Nobody calls it: it has no port.
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddServiceDefaults();
        builder.AddMomDatabase();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<DatabaseMigrator>();
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }
}
