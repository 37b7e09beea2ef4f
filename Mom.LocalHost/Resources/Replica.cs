using System.Diagnostics;
using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;

namespace Mom.LocalHost.Resources;

/// <summary>Keeps one process running: starts it, starts it again when it crashes, watches its health, ends it.</summary>
internal sealed class Replica(Blueprint blueprint, int number, LogFile log, ReplicaContext context) : IDisposable
{
    private readonly Backoff _backoff = new(context.Backoff);
    private readonly LogPump _pump = new(blueprint.Name, number, log, context.Output);
    private readonly string _unit = $"{blueprint.Name}.{number}";
    private readonly SemaphoreSlim _gate = new(1, 1);
    private CancellationTokenSource? _stopping;
    private Task _running = Task.CompletedTask;
    private StopMode _stopMode;
    private volatile bool _isKilled;
    private volatile Process? _process;

    public int Number => number;

    public ResourceState State { get; private set; }

    /// <summary>Why it is not healthy, when it is not.</summary>
    public string? Reason { get; private set; }

    /// <summary>The process id, while there is a process.</summary>
    public int? Pid { get; private set; }

    public Launch? Current { get; private set; }

    /// <summary>How often it was started again after a crash, since the host started.</summary>
    public int Restarts { get; private set; }

    private Mark Mark => new(context.State.Root, _unit);

    /// <summary>Starts it, if it does not run, and returns at once.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_stopping is not null)
                return;

            _backoff.Reset();
            _stopping = new CancellationTokenSource();
            _stopMode = StopMode.Graceful;
            Enter(ResourceState.Starting, reason: null);
            _running = Task.Run(() => KeepRunningAsync(_stopping.Token));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends it and returns when nothing of it is left.</summary>
    public async Task StopAsync(StopMode mode)
    {
        await _gate.WaitAsync();
        try
        {
            if (_stopping is null)
                return;

            _stopMode = mode;
            await _stopping.CancelAsync();
            await _running;
            _stopping.Dispose();
            _stopping = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>To be called when it is stopped.</summary>
    public void Dispose()
    {
        _stopping?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Sends a signal to the process and to all that came from it.</summary>
    public void Send(Signal signal)
    {
        if (_process is { HasExited: false } process)
            ProcessTree.Send(signal, process.Id, Mark);
    }

    /// <summary>SIGKILL. It is started again after the first delay of the back-off.</summary>
    public void Kill()
    {
        _isKilled = true;
        Send(Signal.Kill);
    }

    private async Task KeepRunningAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = context.Time.GetTimestamp();
            var ended = await RunOnceAsync(stop);
            if (stop.IsCancellationRequested)
                break;

            var delay = _isKilled ? _backoff.Killed() : _backoff.Crashed(context.Time.GetElapsedTime(started));
            _isKilled = false;
            _pump.Note($"{ended}; starting again in {delay.TotalSeconds:0.#} s");
            if (_backoff.HasFailed)
                Enter(ResourceState.Failed, $"{ended}, {_backoff.InARow} times in a row");
            else
                Enter(ResourceState.Crashed, ended);
            await Task.Delay(delay, context.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
                Restarts++;
        }

        Enter(ResourceState.Stopped, reason: null);
    }

    /// <returns>How it ended, in a few words.</returns>
    private async Task<string> RunOnceAsync(CancellationToken stop)
    {
        Process process;
        try
        {
            Current = blueprint.Launch(number);
            process = Launcher.Start(Current.Process, Mark);
        }
        catch (Exception e)
        {
            return e.Message;
        }

        using (process)
        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            context.Records.Add(_unit, process.Id);
            _process = process;
            Pid = process.Id;
            _pump.Note($"started as process {process.Id}");
            _pump.Attach(process);
            // Who has failed stays failed, with the reason, until it was healthy.
            if (!_backoff.HasFailed)
                Enter(ResourceState.Starting, reason: null);
            var watching = new HealthWatch(Current.Probe, Report).RunAsync(ended.Token);
            await process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ended.CancelAsync();
            await watching;
            // Also after a crash: what the process had started itself must not live on beside its successor.
            var crashed = !stop.IsCancellationRequested;
            await (crashed || _stopMode == StopMode.Kill ? ProcessEnd.KillAsync(process, Mark) : ProcessEnd.GracefulAsync(process, Current.Process, Mark));
            _process = null;
            Pid = null;
            context.Records.Remove(_unit);
            _pump.Note($"ended with exit code {process.ExitCode}");
            return $"ended by itself with exit code {process.ExitCode}";
        }
    }

    private void Report(string? reason)
    {
        if (reason is null)
            Enter(ResourceState.Healthy, reason: null);
        else if (State == ResourceState.Healthy)
            Enter(ResourceState.Unhealthy, reason);
        else if (State != ResourceState.Failed)
            Reason = reason;
    }

    private void Enter(ResourceState state, string? reason)
    {
        Reason = reason;
        if (State == state)
            return;

        State = state;
        context.Changes.Raise();
    }
}
