namespace Mom.LocalHost.State;

/// <summary>
/// One host per state directory. The kernel gives the lock back when its holder dies, however it dies, so a lock that can be
/// had means that nobody is left who looks after the recorded processes.
/// </summary>
internal sealed class HostLock : IDisposable
{
    private readonly FileStream _file;

    private HostLock(FileStream file) => _file = file;

    /// <exception cref="LocalHostException">Another host runs.</exception>
    public static HostLock Take(StateDirectory state)
    {
        try
        {
            return new HostLock(new FileStream(state.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            var pid = HostRecord.Living(state)?.Pid;
            throw new LocalHostException($"A local host already runs here (process {pid?.ToString(provider: null) ?? "unknown"}). Stop it first: ./mom down", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
