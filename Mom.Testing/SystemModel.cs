using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mom.AppHost.Publishing;
using Mom.Hosting.NativeServers;
using Mom.Hosting.NativeServers.Postgres;
using Mom.Hosting.NativeServers.RabbitMQ;
using Mom.Hosting.NativeServers.Redis;
using Mom.Hosting.Restarts;

namespace Mom.Testing;

/// <summary>The AppHost's model with what a test wants otherwise.</summary>
internal static class SystemModel
{
    // Tests kill more often than a service that is worth its name crashes.
    private static readonly RestartOptions Untiring = new() { LongestDelay = TimeSpan.FromSeconds(2), MaximumTries = 10_000 };

    // Many users of a test register and log in from one address, and one of them orders what many would, as no people do. Before what a test wants otherwise.
    private static readonly IReadOnlyDictionary<string, string> ManyUsers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Throttle__LoginsPerAccount"] = "1000000",
        ["Throttle__LoginsPerAddress"] = "1000000",
        ["Throttle__RegistrationsPerAccount"] = "1000000",
        ["Throttle__RegistrationsPerAddress"] = "1000000",
        ["Jobs__Rate__PerSecond"] = "100000",
        ["Jobs__Rate__AtOnce"] = "100000",
        ["Passwords__Waiting"] = "10000",
        // Their passwords are no secrets, and hashing them would take minutes of a run.
        ["Passwords__Iterations"] = "1000",
    };

    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(SystemOptions options, string data, CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(
            typeof(PublishTarget),
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = options.WithDashboard },
            [
                .. RunSettings.Of(options.Servers, data),
                .. ((string[])[ResourceNames.DbWorker, ResourceNames.MathWorker]).Select(worker => $"--Replicas:{worker}={options.Replicas.GetValueOrDefault(worker, 1)}"),
                .. options.Settings,
            ],
            cancellationToken);
        // The aspire CLI, and so `./mom status` and `./mom down`, finds the AppHost of a clone by this path. This one is none of theirs.
        builder.Configuration["AppHost:FilePath"] = Path.Combine(data, "AppHost");
        // As when it is run: what waits for something that comes back waits on.
        builder.Services.Configure<ResourceNotificationServiceOptions>(notifications => notifications.DefaultWaitBehavior = WaitBehavior.WaitOnResourceUnavailable);
        // A test breaks things, and each probe of what is broken would be a page on the console. What resources write is in their log files.
        builder.Services.AddLogging(logging => logging
            .AddFilter((_, level) => level >= LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddFilter("Mom", LogLevel.None));
        if (options.Only is { } only)
            KeepOnly(builder, only);
        foreach (var resource in builder.Resources.ToList())
            Adjust(builder, resource, options);
        options.Configure?.Invoke(builder);
        return builder;
    }

    /// <summary>From now on nothing waits for anything else when it starts, as under an orchestrator that knows no order.</summary>
    public static void ForgetOrder(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources)
            Remove(resource.Annotations.OfType<WaitAnnotation>(), resource);
    }

    private static void KeepOnly(IDistributedApplicationTestingBuilder builder, IReadOnlyCollection<string> names)
    {
        var unknown = names.Except(builder.Resources.Select(resource => resource.Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new ArgumentException($"There is no {string.Join(", ", unknown)} in the AppHost.", nameof(names));

        foreach (var resource in builder.Resources.Where(resource => resource is not ParameterResource && !names.Contains(resource.Name, StringComparer.Ordinal)).ToList())
            builder.Resources.Remove(resource);
        foreach (var resource in builder.Resources)
            Remove(resource.Annotations.OfType<WaitAnnotation>().Where(wait => !builder.Resources.Contains(wait.Resource)), resource);
    }

    private static void Adjust(IDistributedApplicationTestingBuilder builder, IResource resource, SystemOptions options)
    {
        if (resource.Annotations.OfType<RestartAnnotation>().Any())
            builder.CreateResourceBuilder(resource).WithAutomaticRestart(Untiring);
        if (resource is ProjectResource { Name: ResourceNames.Api } api)
        {
            builder.CreateResourceBuilder(api).WithEnvironment(context =>
            {
                foreach (var (name, value) in ManyUsers)
                    context.EnvironmentVariables[name] = value;
            });
        }

        // Aspire names the dashboard's address also where there is none: each span, line and metric would be made and sent to nobody.
        if (!options.WithDashboard && resource is ProjectResource)
        {
            builder.CreateResourceBuilder((ProjectResource)resource).WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"));
        }

        if (resource is ProjectResource project && options.Environment.TryGetValue(resource.Name, out var environment))
        {
            builder.CreateResourceBuilder(project).WithEnvironment(context =>
            {
                foreach (var (name, value) in environment)
                    context.EnvironmentVariables[name] = value;
            });
        }

        if (resource is NativeServerResource server && options.Configuration.TryGetValue(resource.Name, out var configuration))
        {
            foreach (var line in configuration)
                ConfigurationOf(server).Add(line);
        }
    }

    private static IList<string> ConfigurationOf(NativeServerResource server) => server switch
    {
        NativeRabbitMQServerResource broker => broker.Configuration,
        NativePostgresServerResource database => database.Configuration,
        NativeRedisResource cache => cache.Configuration,
        _ => throw new ArgumentException($"{server.Name} takes no configuration.", nameof(server)),
    };

    private static void Remove(IEnumerable<IResourceAnnotation> annotations, IResource from)
    {
        foreach (var annotation in annotations.ToList())
            from.Annotations.Remove(annotation);
    }
}
