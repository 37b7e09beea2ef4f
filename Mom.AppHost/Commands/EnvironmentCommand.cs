using Microsoft.Extensions.Logging.Abstractions;

namespace Mom.AppHost.Commands;

/// <summary>How a service, or a user of a server, is configured here and now, as lines that a shell can source. Secrets are among them.</summary>
internal static class EnvironmentCommand
{
    // Replaced by the orchestrator with the port of each process, which only that process knows.
    private const string Template = "{{";

    /// <summary>Adds it to every service and every server; for programs only, as a screen is no place for passwords.</summary>
    public static void AddEnvironmentCommands(this IDistributedApplicationBuilder builder)
    {
        foreach (var resource in builder.Resources)
        {
            Func<CancellationToken, Task<IEnumerable<KeyValuePair<string, string>>>>? variables = resource switch
            {
                ProjectResource service => cancellation => OfServiceAsync(service, cancellation),
                IResourceWithConnectionString server and not ParameterResource => cancellation => OfServerAsync(server, cancellation),
                _ => null,
            };
            if (variables is not null)
                Add(builder.CreateResourceBuilder(resource), variables);
        }
    }

    private static void Add(IResourceBuilder<IResource> resource, Func<CancellationToken, Task<IEnumerable<KeyValuePair<string, string>>>> variables)
        => resource.WithCommand(
            "environment",
            "Environment",
            async context =>
            {
                var lines = (await variables(context.CancellationToken))
                    .Where(variable => !variable.Value.Contains(Template, StringComparison.Ordinal))
                    .OrderBy(variable => variable.Key, StringComparer.Ordinal)
                    .Select(variable => $"export {variable.Key}={Quote(variable.Value)}");
                return CommandResults.Success(resource.Resource.Name, string.Join('\n', lines), CommandResultFormat.Text);
            },
            new CommandOptions { Visibility = ResourceCommandVisibility.Api });

    private static async Task<IEnumerable<KeyValuePair<string, string>>> OfServiceAsync(ProjectResource service, CancellationToken cancellationToken)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(service)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run), NullLogger.Instance, cancellationToken);
        return configuration.EnvironmentVariables;
    }

    private static async Task<IEnumerable<KeyValuePair<string, string>>> OfServerAsync(IResourceWithConnectionString server, CancellationToken cancellationToken)
        => [new($"ConnectionStrings__{server.Name}", await server.GetConnectionStringAsync(cancellationToken) ?? string.Empty)];

    // A shell changes nothing inside single quotes; a single quote itself must be outside of them.
    internal static string Quote(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
