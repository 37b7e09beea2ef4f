namespace Mom.Hosting.Restarts;

/// <summary>The resource is started again when it ends.</summary>
internal sealed class RestartAnnotation(RestartOptions options) : IResourceAnnotation
{
    public RestartOptions Options => options;

    /// <summary>Aspire's own start command, once it is known.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>>? Start { get; set; }
}
