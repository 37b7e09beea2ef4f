namespace Mom.LocalHost.Resources;

/// <summary>A server or service as it should be: what it needs, how it is prepared and started.</summary>
internal abstract class Blueprint(string name, ResourceKind kind)
{
    public string Name { get; } = name;

    public ResourceKind Kind { get; } = kind;

    /// <summary>What has to be healthy before this one starts.</summary>
    public virtual IReadOnlyList<string> DependsOn => [];

    /// <summary>How long it may take from the start of the process until it is healthy.</summary>
    public virtual TimeSpan StartLimit => TimeSpan.FromSeconds(90);

    /// <summary>Whether the rest is of no use without it.</summary>
    public virtual bool IsRequired => true;

    /// <summary>How many may run at once.</summary>
    public virtual int MaximumReplicas => 1;

    /// <summary>Called before anything starts: looks whether it can, and clears away what only the last run needed.</summary>
    /// <exception cref="LocalHostException">It cannot be started.</exception>
    public virtual void Tidy()
    {
    }

    /// <summary>Where it keeps what it stores; <see langword="null"/> when it stores nothing.</summary>
    public virtual string? DataDirectory => null;

    /// <summary>Done before each start after a stop: writes configuration, creates what is not there yet.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called at each start of each replica, so that a port that was lost meanwhile can be chosen anew.</summary>
    /// <param name="replica">1 for the first.</param>
    public abstract Launch Launch(int replica);
}
