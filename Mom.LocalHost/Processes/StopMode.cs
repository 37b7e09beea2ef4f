namespace Mom.LocalHost.Processes;

/// <summary>How a process is ended.</summary>
public enum StopMode
{
    /// <summary>By its stop signal, and by SIGKILL only when it does not follow in time.</summary>
    Graceful,

    /// <summary>By SIGKILL at once, as if the machine had lost power.</summary>
    Kill,
}
