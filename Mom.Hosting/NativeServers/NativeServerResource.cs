using Mom.Hosting.NativeServers.Processes;

namespace Mom.Hosting.NativeServers;

/// <summary>A server of the model that runs as a process of this machine rather than in a container.</summary>
/// <remarks>
/// To the orchestrator it is an executable: it starts and stops it, follows its log, and ends it when the AppHost is gone, however that
/// ended. See <c>docs/without-docker.md</c>.
/// </remarks>
public abstract class NativeServerResource : ExecutableResource
{
    private protected NativeServerResource(string name, string dataDirectory)
        : base(name, "/bin/sh", dataDirectory)
    {
    }

    /// <summary>Where the server keeps everything: data, configuration and what it needs while it runs.</summary>
    public string DataDirectory => WorkingDirectory;

    /// <summary>The living processes of this server: the one that the orchestrator knows, the server itself and its children.</summary>
    public IReadOnlyList<int> Processes => WorkingDirectories.ProcessesIn(DataDirectory);

    /// <summary>Stops all of it in the middle of what it does: connections stay open and nothing answers, until <see cref="Thaw"/>.</summary>
    public void Freeze() => Send(Signal.Stop);

    /// <summary>Lets it go on after <see cref="Freeze"/>; otherwise it changes nothing.</summary>
    public void Thaw() => Send(Signal.Continue);

    /// <summary>The programs that it is made of, by the names of their packages; those that are not installed stop the start.</summary>
    internal abstract IReadOnlyList<InstalledProgram> Programs { get; }

    /// <summary>Its stop signal: what it takes for "stop now, and orderly".</summary>
    internal virtual Signal StopSignal => Signal.Terminate;

    /// <summary>Makes the data directory and what is in it ready; before each start.</summary>
    /// <exception cref="DistributedApplicationException">It cannot start with what is there. The message says why, and what to do.</exception>
    internal abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>The command line of a program that has to run beside the server; <see langword="null"/> when there is none.</summary>
    internal virtual string? Helper => null;

    /// <summary>The server's own command line.</summary>
    internal abstract IEnumerable<object> CommandLine { get; }

    private void Send(Signal signal)
    {
        foreach (var process in Processes)
            signal.Send(process);
    }
}
