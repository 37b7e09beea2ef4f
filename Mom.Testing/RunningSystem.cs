using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mom.Hosting.NativeServers;
using Mom.Hosting.NativeServers.Processes;
using Mom.Hosting.Reporting;

namespace Mom.Testing;

/// <summary>
/// The system as the AppHost runs it, or a part of it, on free ports and with data of its own: to be killed, frozen, stopped, wiped and
/// started again. Nothing is left of it after <see cref="DisposeAsync"/> but its logs. Members may be called from any thread.
/// </summary>
/// <remarks>
/// A resource is meant by its name in <c>AppHost.cs</c>. Of a worker with several replicas one is meant by its number, 1 for the first;
/// without a number all are. The first start is in the AppHost's order. After it nothing waits for anything else: what is started again
/// finds the others as they are, even when they are unavailable.
/// </remarks>
/// <example>
/// <code>
/// await using var system = await RunningSystem.StartAsync(new SystemOptions { Name = "tests" });
/// await system.KillAsync("math-worker");      // as the kernel's out-of-memory killer would; it comes back by itself
/// await system.HealthyAsync("math-worker");
/// system.Freeze("rabbitmq");                  // connections stay open, nobody answers
/// system.Thaw("rabbitmq");
/// await system.StopAsync("rabbitmq");
/// system.Wipe("rabbitmq");                    // the disk is lost
/// await system.StartAsync("rabbitmq");
/// await system.HealthyAsync();
/// </code>
/// </example>
public sealed class RunningSystem : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SystemOptions _options;
    private readonly DistributedApplication _application;
    private readonly DirectoryInfo _data;
    private readonly Snapshots _snapshots;
    private readonly HealthProbe _health;
    private readonly LogFiles _logs;

    private RunningSystem(SystemOptions options, DistributedApplication application, DirectoryInfo data)
    {
        _options = options;
        _application = application;
        _data = data;
        Resources = [.. application.Services.GetRequiredService<DistributedApplicationModel>().Resources];
        Name = options.Name;
        _snapshots = new Snapshots(application.ResourceNotifications);
        _health = new HealthProbe(application);
        _logs = new LogFiles(
            application.ResourceNotifications, application.Services.GetRequiredService<ResourceLoggerService>(), Path.Combine(Repository.Root, ".mom", Name, "logs"));
    }

    public string Name { get; }

    public IReadOnlyList<IResource> Resources { get; }

    /// <summary>With passwords: not for logs.</summary>
    public Connections Connections { get; private set; } = null!;

    public string Api => AddressOf(ResourceNames.Api);

    public string Socket => AddressOf(ResourceNames.Socket);

    public string Panel => AddressOf(ResourceNames.Panel);

    public string MathService => AddressOf(ResourceNames.MathService);

    /// <summary>The broker's management screen and HTTP API.</summary>
    public string Management => AddressOf(ResourceNames.RabbitMq, "management");

    // All that can be healthy or not: no parameters.
    private IEnumerable<IResource> Running => Resources.Where(resource => resource is not ParameterResource);

    /// <summary>Starts it, and returns when everything is healthy.</summary>
    /// <exception cref="ArgumentException">There is no such resource in the AppHost.</exception>
    /// <exception cref="TimeoutException">It does not get healthy; the message says what is wrong.</exception>
    public static async Task<RunningSystem> StartAsync(SystemOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var data = Directory.CreateTempSubdirectory("mom-");
        RunningSystem? system = null;
        try
        {
            var builder = await SystemModel.CreateAsync(options, data.FullName, cancellationToken);
            system = new RunningSystem(options, await builder.BuildAsync(cancellationToken), data);
            await system._application.StartAsync(cancellationToken).WaitAsync(options.Patience, cancellationToken);
            await system.HealthyAsync(cancellationToken);
            system.Connections = await Connections.OfAsync(system._application, system.Resources, cancellationToken);
            SystemModel.ForgetOrder(system.Running);
            return system;
        }
        catch
        {
            await (system?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
        finally
        {
            if (system is null)
                data.Delete(recursive: true);
        }
    }

    /// <summary>The endpoint of a server or service.</summary>
    public string AddressOf(string name, string endpoint = "http") => _application.GetEndpoint(name, endpoint).ToString().TrimEnd('/');

    /// <summary>SIGKILL to every process of it, and returns when they are dead. It comes back by itself, however often it is killed.</summary>
    public async Task KillAsync(string name, int? replica = null)
    {
        var processes = ProcessesOf(name, replica);
        processes.ToList().ForEach(process => Signal.Kill.Send(process));
        await WithPatienceAsync(cancellation => ProcessTable.UntilEndedAsync(processes, cancellation), () => $"{name} should be dead");
        // The orchestrator knows it too: what is asked of it next is not answered as if nothing had happened.
        await UntilAsync(name, replica, instance => !instance.IsRunning || instance.Pid is not { } pid || !processes.Contains(pid), "be known to be dead");
    }

    /// <summary>Ends it, and returns when no process of it is left. It stays down until <see cref="StartAsync(string, int?)"/>.</summary>
    public async Task StopAsync(string name, StopMode mode = StopMode.Graceful, int? replica = null)
    {
        var processes = ProcessesOf(name, replica);
        // A frozen process does not hear of a graceful stop; and one that is to be killed must not hear of the orchestrator's.
        Send(mode is StopMode.Kill ? Signal.Stop : Signal.Continue, processes);
        var stops = Chosen(name, replica).Where(instance => !instance.HasEnded).Select(instance => StopAsync(name, instance.Id)).ToList();
        if (mode is StopMode.Kill)
        {
            // Only when the stop is known to be wanted: else it would be a crash, after which it is started again.
            await UntilAsync(name, replica, instance => !instance.IsRunning, "be stopping");
            Send(Signal.Kill, processes);
        }

        await Task.WhenAll(stops);
        await WithPatienceAsync(cancellation => ProcessTable.UntilEndedAsync(processes, cancellation), () => $"{name} should have stopped");
        await UntilAsync(name, replica, instance => instance.HasEnded, "have stopped");
    }

    /// <summary>Starts what does not run of it, and returns without waiting for health: see <see cref="HealthyAsync(string, int?)"/>.</summary>
    public async Task StartAsync(string name, int? replica = null)
    {
        foreach (var instance in Chosen(name, replica).Where(instance => !instance.IsRunning))
        {
            if (await CommandAsync(instance.Id, KnownResourceCommands.StartCommand) is { Success: false, Message: var message })
                throw new InvalidOperationException($"{name}: {message}");
        }
    }

    /// <summary>Stops it in good order and starts it. The new process is not awaited: see <see cref="HealthyAsync(string, int?)"/>.</summary>
    public async Task RestartAsync(string name, int? replica = null)
    {
        await StopAsync(name, replica: replica);
        await StartAsync(name, replica);
    }

    /// <summary>SIGSTOP to every process of it, and returns when they stand: alive, connections open, and silent. Stop and kill work on it as ever.</summary>
    /// <exception cref="TimeoutException">One goes on.</exception>
    public void Freeze(string name, int? replica = null)
    {
        var processes = ProcessesOf(name, replica);
        Send(Signal.Stop, processes);
        if (!SpinWait.SpinUntil(() => processes.All(ProcessTable.IsStopped), _options.Patience))
            throw new TimeoutException($"{name} should be frozen, but goes on after {_options.Patience.TotalMinutes:0} min.");
    }

    /// <summary>SIGCONT: it goes on where it was frozen.</summary>
    public void Thaw(string name, int? replica = null) => Send(Signal.Continue, ProcessesOf(name, replica));

    /// <summary>Deletes all that a server has stored, as if its disk were lost. Its next start begins empty.</summary>
    /// <exception cref="InvalidOperationException">It runs, or it is no server of this machine.</exception>
    public void Wipe(string name)
    {
        if (Find(name) is not NativeServerResource server)
            throw new InvalidOperationException($"{name} keeps no data here.");
        if (server.Processes.Count > 0)
            throw new InvalidOperationException($"{name} runs: stop it before its data is wiped.");
        var directory = new DirectoryInfo(server.DataDirectory);
        directory.Delete(recursive: true);
        directory.Create();
    }

    /// <summary>Waits until it answers its health check, all replicas of it or the one that is meant.</summary>
    /// <exception cref="TimeoutException">It does not; the message says why.</exception>
    public Task HealthyAsync(string name, int? replica = null) => HealthyAsync(Find(name), replica, CancellationToken.None);

    /// <summary>Waits until everything is healthy that can be.</summary>
    /// <exception cref="TimeoutException">Something is not; the message says what, and why.</exception>
    public async Task HealthyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var resource in Running.Where(resource => resource.Annotations.OfType<HealthCheckAnnotation>().Any()))
            await HealthyAsync(resource, replica: null, cancellationToken);
    }

    /// <summary>Asks now whether it is healthy, which may take some seconds when it does not answer.</summary>
    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    public Task<string?> WhatIsWrongAsync(string name) => _health.WhatIsWrongAsync(Find(name), Chosen(name, replica: null), CancellationToken.None);

    /// <summary>Waits until its state is one of these, for every replica of it or for the one that is meant.</summary>
    public Task UntilStateAsync(string name, IReadOnlyCollection<string> states, int? replica = null) =>
        UntilAsync(name, replica, instance => states.Contains(instance.State, StringComparer.Ordinal), $"be {string.Join(" or ", states)}");

    /// <summary>The living processes of a service, one for each replica, or all those of a server.</summary>
    public IReadOnlyList<int> ProcessesOf(string name, int? replica = null) => Find(name) is NativeServerResource server
        ? server.Processes
        : [.. Chosen(name, replica).Where(instance => instance.IsRunning && instance.Pid is { } pid && ProcessTable.IsAlive(pid)).Select(instance => instance.Pid!.Value)];

    /// <summary>How its last run ended; <see langword="null"/> while it runs.</summary>
    public int? ExitCodeOf(string name) => Chosen(name, replica: null)[0].Snapshot.ExitCode;

    /// <summary>What it has written so far.</summary>
    public async Task<IReadOnlyList<string>> LogOfAsync(string name)
    {
        var lines = new List<string>();
        await foreach (var part in _application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(Find(name)))
            lines.AddRange(part.Select(line => line.Content));
        return lines;
    }

    /// <summary>Gives a command of the dashboard, and waits for its end.</summary>
    /// <param name="name">A resource, of which the first instance is meant, or the id of an instance.</param>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    public Task<ExecuteCommandResult> CommandAsync(string name, string command, params (string Name, string Value)[] arguments)
    {
        var instance = Resources.Any(resource => resource.Name == name) ? Chosen(name, replica: null)[0].Id : name;
        var inputs = new InteractionInputCollection([.. arguments.Select(argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]);
        return _application.ResourceCommands.ExecuteCommandAsync(instance, command, inputs).WaitAsync(_options.Patience);
    }

    /// <summary>The dashboard's address, with the token of its login.</summary>
    public Task<Uri> DashboardAsync() => _application.GetDashboardUrlAsync(CancellationToken.None);

    /// <summary>The key of the dashboard's HTTP API: not for logs.</summary>
    public string? DashboardApiKey => _application.Services.GetRequiredService<IConfiguration>()["AppHost:DashboardApiKey"];

    /// <exception cref="InvalidOperationException">A server is left running: an error of what runs them.</exception>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).WaitAsync(_options.Patience);
        await _logs.DisposeAsync();
        await _snapshots.DisposeAsync();
        _health.Dispose();
        await _application.DisposeAsync().AsTask().WaitAsync(_options.Patience);
        var left = Resources.OfType<NativeServerResource>().Where(server => server.Processes.Count > 0).Select(server => server.Name).ToList();
        if (left.Count > 0)
            throw new InvalidOperationException($"After the end of the system there still run {string.Join(", ", left)}.");
        _data.Delete(recursive: true);
    }

    private static void Send(Signal signal, IEnumerable<int> processes)
    {
        foreach (var process in processes)
            signal.Send(process);
    }

    private IResource Find(string name) => Resources.FirstOrDefault(resource => resource.Name == name)
        ?? throw new ArgumentException($"There is no {name} here. There is: {string.Join(", ", Running.Select(resource => resource.Name))}.", nameof(name));

    private IReadOnlyList<Instance> Chosen(string name, int? replica)
    {
        var instances = _snapshots.Of(Find(name));
        return replica is not { } number
            ? instances
            : number >= 1 && number <= instances.Count
                ? [instances[number - 1]]
                : throw new ArgumentOutOfRangeException(nameof(replica), number, $"{name} has {instances.Count} replicas.");
    }

    // The orchestrator gives up a stop that takes it longer than some ten seconds, as on a machine that has other things to do.
    private Task StopAsync(string name, string instance) => WithPatienceAsync(
        async cancellation =>
        {
            while (!(await CommandAsync(instance, KnownResourceCommands.StopCommand)).Success && !Chosen(name, replica: null).Single(one => one.Id == instance).HasEnded)
                await Task.Delay(Interval, cancellation);
        },
        () => $"{name} should stop");

    private async Task HealthyAsync(IResource resource, int? replica, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + _options.Patience;
        while (await _health.WhatIsWrongAsync(resource, Chosen(resource.Name, replica), cancellationToken) is { } wrong)
        {
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException($"{resource.Name} is not healthy after {_options.Patience.TotalMinutes} min: {wrong}. The end of its log:\n{string.Join('\n', LogTail.Of(await LogOfAsync(resource.Name), 20))}");
            await Task.Delay(Interval, cancellationToken);
        }
    }

    private Task UntilAsync(string name, int? replica, Func<Instance, bool> condition, string expectation) => WithPatienceAsync(
        cancellation => _snapshots.UntilAsync(() => Chosen(name, replica).All(condition), cancellation),
        () => $"{name} should {expectation}, and is {string.Join(", ", Chosen(name, replica).Select(instance => instance.State))}");

    private async Task WithPatienceAsync(Func<CancellationToken, Task> wait, Func<string> expectation)
    {
        using var patience = new CancellationTokenSource(_options.Patience);
        try
        {
            await wait(patience.Token);
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"Within {_options.Patience.TotalMinutes} min {expectation()}.", late);
        }
    }
}
