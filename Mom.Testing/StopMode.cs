namespace Mom.Testing;

/// <summary>How something is stopped that stays down until it is started.</summary>
public enum StopMode
{
    /// <summary>In good order: SIGTERM, and SIGKILL to what is still there after six seconds.</summary>
    Graceful,

    /// <summary>SIGKILL at once, as by the kernel's out-of-memory killer or a failing machine.</summary>
    Kill,
}
