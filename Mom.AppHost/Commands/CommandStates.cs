namespace Mom.AppHost.Commands;

internal static class CommandStates
{
    /// <summary>A command can be given while its resource runs, healthy or not.</summary>
    public static ResourceCommandState WhileRunning(UpdateCommandStateContext context)
        => context.ResourceSnapshot.State?.Text is "Running" or "RuntimeUnhealthy" ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
