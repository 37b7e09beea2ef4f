using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mom.AppHost.Publishing;

namespace Mom.Tests.AspireTests;

/// <summary>The model of the AppHost, built and not started.</summary>
public sealed class AppHostModel : IAsyncLifetime
{
    // What a service reads of its own; what else Aspire hands out is the same for all.
    private static readonly string[] Settings = ["ConnectionStrings__", "services__", "Jwt__", "Admin__", "Workers__", "Math__", "RabbitMq__", "Messaging__", "Database__", "Caller__", "Demo__"];

    private IDistributedApplicationTestingBuilder? _builder;

    public static IReadOnlyList<string> Services { get; } = ["math-service", "deployer", "db-worker", "math-worker", "api", "socket", "panel"];

    public IResource this[string name] => _builder!.Resources.Single(resource => resource.Name == name);

    public IEnumerable<IResource> Resources => _builder!.Resources;

    public async ValueTask InitializeAsync() => _builder = await DistributedApplicationTestingBuilder.CreateAsync(typeof(PublishTarget), Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_builder is not null)
            await _builder.DisposeAsync();
    }

    /// <summary>Every variable that a resource is given, with its expression in the form of a manifest.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VariablesAsync(string name)
    {
        // As if published: addresses are expressions then, and nothing has to run.
        var context = new EnvironmentCallbackContext(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), this[name], cancellationToken: Cancellation);
        foreach (var annotation in this[name].Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        return context.EnvironmentVariables.ToDictionary(
            variable => variable.Key,
            variable => (variable.Value as IManifestExpressionProvider)?.ValueExpression ?? $"{variable.Value}",
            StringComparer.Ordinal);
    }

    /// <summary>The names of the variables that are settings of the service itself.</summary>
    public async Task<IEnumerable<string>> SettingsAsync(string name) =>
        (await VariablesAsync(name)).Keys.Where(key => Settings.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
