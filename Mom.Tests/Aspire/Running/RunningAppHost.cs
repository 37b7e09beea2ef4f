using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.AppHost.Publishing;
using Mom.Contracts.Jobs;
using Mom.Hosting.NativeServers;
using Mom.Hosting.NativeServers.Processes;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests.Running;

/// <summary>The whole system as the AppHost runs it, with the dashboard, on free ports and with data of its own.</summary>
internal sealed class RunningAppHost : IAsyncDisposable
{
    public const string AdminEmail = "admin@mom.local";
    public const string AdminPassword = "Admin-password-of-a-test-1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DistributedApplication _application;
    private readonly TemporaryDirectory _data;

    private RunningAppHost(DistributedApplication application, TemporaryDirectory data) => (_application, _data) = (application, data);

    public IReadOnlyList<IResource> Resources => [.. _application.Services.GetRequiredService<DistributedApplicationModel>().Resources];

    public string MathService => _application.GetEndpoint("math-service", "http").ToString();

    public string Api => _application.GetEndpoint("api", "http").ToString();

    /// <summary>Starts it and waits until everything is healthy.</summary>
    /// <param name="servers"><c>native</c> or <c>container</c>.</param>
    /// <param name="configure">Changes the model before it is built.</param>
    /// <param name="settings">More settings, each as <c>--name=value</c>.</param>
    public static async Task<RunningAppHost> StartAsync(string servers, Action<IDistributedApplicationTestingBuilder>? configure = null, params string[] settings)
    {
        var data = new TemporaryDirectory();
        try
        {
            var builder = await DistributedApplicationTestingBuilder.CreateAsync(
                typeof(PublishTarget),
                new DistributedApplicationTestingBuilderOptions { EnableDashboard = true },
                [.. Settings(servers, data.Path), .. settings],
                Cancellation);
            // As when it is run: what waits for something that comes back waits on.
            builder.Services.Configure<ResourceNotificationServiceOptions>(options => options.DefaultWaitBehavior = WaitBehavior.WaitOnResourceUnavailable);
            configure?.Invoke(builder);
            var application = await builder.BuildAsync(Cancellation).WaitAsync(Patience, Cancellation);
            var running = new RunningAppHost(application, data);
            await application.StartAsync(Cancellation).WaitAsync(Patience, Cancellation);
            await running.HealthyAsync();
            return running;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Settings of a run that leaves a developer's own data and user secrets alone.</summary>
    public static IEnumerable<string> Settings(string servers, string data) =>
    [
        $"--Servers={servers}",
        $"--NativeServers:Data={data}",
        "--Screens=false",
        $"--Parameters:admin-email={AdminEmail}",
        $"--Parameters:admin-password={AdminPassword}",
        "--Parameters:rabbitmq-password=rabbitmqpasswordofatest",
        "--Parameters:postgres-password=postgrespasswordofatest",
        "--Parameters:redis-password=redispasswordofatest",
        "--Parameters:jwt-key=c2lnbmluZ2tleW9mYXRlc3RzaWduaW5na2V5b2ZhdGVzdA==",
    ];

    /// <summary>Waits until every server and service is healthy.</summary>
    public async Task HealthyAsync()
    {
        foreach (var resource in Resources.Where(resource => resource.Annotations.OfType<HealthCheckAnnotation>().Any()))
            await HealthyAsync(resource.Name);
    }

    public Task HealthyAsync(string resource) => _application.ResourceNotifications.WaitForResourceHealthyAsync(resource, Cancellation).WaitAsync(Patience, Cancellation);

    /// <summary>What a person would see of a job from its order to its end.</summary>
    public async Task<Job> RunJobAsync()
    {
        using var user = await ApiUser.RegisterAsync(Api);
        return await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"}]}""")).Id);
    }

    /// <summary>Kills, without a word of warning, the first process of a service, or all of a native server.</summary>
    /// <returns>The instance whose process it was.</returns>
    public async Task<string> KillAsync(string name)
    {
        var (instance, pid) = await RunningInstanceAsync(name, _ => true);
        var resource = Resources.Single(resource => resource.Name == name);
        foreach (var process in resource is NativeServerResource server ? server.Processes : [pid])
            Signal.Kill.Send(process);
        // Another process, and healthy again.
        await RunningInstanceAsync(name, update => update.ResourceId == instance && PidOf(update) != pid);
        return instance;
    }

    /// <summary>The variables that the processes of a service have in fact.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VariablesAsync(string service)
    {
        var (_, pid) = await RunningInstanceAsync(service, _ => true);
        return (await File.ReadAllTextAsync($"/proc/{pid}/environ", Cancellation)).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>Gives a command and waits for its end.</summary>
    public async Task<ExecuteCommandResult> CommandAsync(string resource, string command, params (string Name, string Value)[] arguments)
    {
        var (instance, _) = await InstanceAsync(resource);
        var inputs = new InteractionInputCollection([.. arguments.Select(argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]);
        return await _application.ResourceCommands.ExecuteCommandAsync(instance, command, inputs, Cancellation).WaitAsync(Patience, Cancellation);
    }

    public Task UntilStateAsync(string resource, params string[] states) => _application.ResourceNotifications.WaitForResourceAsync(resource, states, Cancellation).WaitAsync(Patience, Cancellation);

    /// <summary>The dashboard's address, with the token of its login.</summary>
    public Task<Uri> DashboardAsync() => _application.GetDashboardUrlAsync(Cancellation);

    /// <summary>What the dashboard has received.</summary>
    public async Task<Telemetry> TelemetryAsync()
    {
        var dashboard = await DashboardAsync();
        return new Telemetry(dashboard.GetLeftPart(UriPartial.Authority), _application.Services.GetRequiredService<IConfiguration>()["AppHost:DashboardApiKey"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).WaitAsync(Patience);
        await _application.DisposeAsync().AsTask().WaitAsync(Patience);
        _data.Dispose();
    }

    private async Task<(string Instance, int Pid)> RunningInstanceAsync(string name, Func<ResourceEvent, bool> condition)
    {
        var update = await _application.ResourceNotifications.WaitForResourceAsync(
            name,
            update => condition(update) && PidOf(update) is not null && update.Snapshot.State?.Text == KnownResourceStates.Running && update.Snapshot.HealthStatus is HealthStatus.Healthy,
            Cancellation).WaitAsync(Patience, Cancellation);
        return (update.ResourceId, PidOf(update)!.Value);
    }

    private async Task<(string Instance, int? Pid)> InstanceAsync(string name)
    {
        var update = await _application.ResourceNotifications.WaitForResourceAsync(name, _ => true, Cancellation).WaitAsync(Patience, Cancellation);
        return (update.ResourceId, PidOf(update));
    }

    private static int? PidOf(ResourceEvent update) => update.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } pid
        ? Convert.ToInt32(pid, CultureInfo.InvariantCulture)
        : null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
