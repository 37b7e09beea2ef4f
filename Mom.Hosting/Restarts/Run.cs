namespace Mom.Hosting.Restarts;

/// <summary>One instance of a resource, as a replica: what its snapshots tell of its runs, and what follows from that.</summary>
/// <remarks>
/// Snapshots are of the orchestrator and come late: it may skip "Stopping" or "Finished" of a run that ends quickly, and may show the
/// end of a run once more after the next has begun. So an end counts only where a beginning was seen before it, and the time at which a run
/// was started is its identity.
/// </remarks>
internal sealed class Run(RestartOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RestartPolicy _policy = new(options, time);
    private Phase _phase;
    private bool _askedToEnd;
    private DateTime? _startedAt;
    private DateTime? _previousStartedAt;
    private ResourceStateSnapshot? _shown;
    private ResourceStateSnapshot? _end;
    private int _ticket;

    private enum Phase
    {
        Idle,
        Live,
        Restarting,
        Starting,
        GaveUp,
    }

    /// <summary>What is to be shown in place of the orchestrator's state; null where that is right.</summary>
    public ResourceStateSnapshot? Shown
    {
        get
        {
            lock (_lock)
                return _shown;
        }
    }

    /// <summary>Takes a snapshot.</summary>
    /// <param name="isPointless">Another run would end at once as this one did: it is left to a person.</param>
    /// <returns>What to do where this was an end that nobody had asked for; otherwise null.</returns>
    public RunEnd? Observe(CustomResourceSnapshot snapshot, bool isPointless = false)
    {
        lock (_lock)
        {
            if (snapshot.Is(KnownResourceStates.Starting))
            {
                _previousStartedAt = _startedAt;
                _askedToEnd = false;
                Enter(Phase.Live);
            }
            else if (snapshot.Is(KnownResourceStates.Running))
            {
                _startedAt = snapshot.StartTimeStamp;
                Enter(Phase.Live);
            }
            else if (snapshot.Is(KnownResourceStates.Stopping))
            {
                // Only the orchestrator stops it like that. A command has said so before; this is for who stops it without a command.
                _askedToEnd = true;
            }
            else if (snapshot.IsTerminal())
            {
                return Ended(snapshot, isPointless);
            }

            return null;
        }
    }

    /// <summary>A person's command that ends the run, or begins one, is about to be carried out.</summary>
    /// <returns>The state that is true again where a restart was to come, or had been given up.</returns>
    public ResourceStateSnapshot? Asked()
    {
        lock (_lock)
        {
            _askedToEnd = true;
            _policy.Reset();
            if (_phase is not (Phase.Restarting or Phase.GaveUp))
                return null;
            Enter(Phase.Idle);
            return _end;
        }
    }

    /// <summary>The wait of <see cref="RunEnd.Ticket"/> is over.</summary>
    /// <returns>Whether it is still this one that the resource waits for.</returns>
    public bool TryBegin(int ticket)
    {
        lock (_lock)
        {
            if (_phase is not Phase.Restarting || ticket != _ticket)
                return false;
            Enter(Phase.Starting);
            return true;
        }
    }

    private RunEnd? Ended(CustomResourceSnapshot snapshot, bool isPointless)
    {
        var failedToStart = snapshot.Is(KnownResourceStates.FailedToStart);
        // A restart deletes what is left of the run before, whose end is then shown once more. A start that failed ended no run.
        var isRemainder = !failedToStart && (_phase is Phase.Starting || (snapshot.StartTimeStamp is { } start && start == _previousStartedAt));
        if (_phase is not (Phase.Live or Phase.Starting) || isRemainder)
            return null;

        _startedAt = snapshot.StartTimeStamp ?? _startedAt;
        _end = snapshot.State;
        if (_askedToEnd || isPointless || (snapshot.ExitCode is 0 && !failedToStart && !options.AfterSuccess))
        {
            Enter(Phase.Idle);
            return null;
        }

        var ranFor = failedToStart ? TimeSpan.Zero : snapshot.StopTimeStamp - snapshot.StartTimeStamp ?? TimeSpan.Zero;
        if (_policy.Ended(ranFor) is not { } restart)
        {
            Enter(Phase.GaveUp, RestartStates.Given);
            return new RunEnd(null, options.MaximumTries, _ticket);
        }

        Enter(Phase.Restarting, RestartStates.Restarting(restart.Delay));
        return new RunEnd(restart.Delay, restart.Try, ++_ticket);
    }

    private void Enter(Phase phase, ResourceStateSnapshot? shown = null) => (_phase, _shown) = (phase, shown);
}
