namespace Mom.LocalHost.Processes;

/// <summary>What to start and how to end it.</summary>
/// <param name="FileName">Full path of the program, or a name on PATH.</param>
/// <param name="Arguments">Its arguments, unquoted.</param>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Added to what is inherited, see <see cref="InheritedEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Asks the process to end in good order.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>After this long what is left gets SIGKILL.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(20);
}
