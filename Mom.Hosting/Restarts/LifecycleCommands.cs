namespace Mom.Hosting.Restarts;

/// <summary>Puts a notice before Aspire's start, stop, restart and rebuild.</summary>
/// <remarks>
/// This is how a person's wish is told from a crash. The dashboard, the command line and <see cref="ResourceCommandService"/> all execute
/// the annotation, so nothing that a person does passes by, and the notice comes before the first effect. The state "Stopping" alone would
/// not do: updates are merged, and a process that stops quickly goes from "Running" to "Finished" as after a crash.
/// </remarks>
internal static class LifecycleCommands
{
    private static readonly string[] Names =
        [KnownResourceCommands.StartCommand, KnownResourceCommands.StopCommand, KnownResourceCommands.RestartCommand, KnownResourceCommands.RebuildCommand];

    /// <summary>Wraps the commands once; they are there when a resource is about to start.</summary>
    /// <param name="asked">Called before a command, with the id of the instance that it ends or starts; null: all of them.</param>
    public static void Announce(IResource resource, RestartAnnotation restart, Func<string?, Task> asked)
    {
        lock (restart)
        {
            if (restart.Start is not null)
                return;
            for (var i = 0; i < resource.Annotations.Count; i++)
            {
                if (resource.Annotations[i] is not ResourceCommandAnnotation command || !Names.Contains(command.Name, StringComparer.Ordinal))
                    continue;
                if (Is(command, KnownResourceCommands.StartCommand))
                    restart.Start = command.ExecuteCommand;
                resource.Annotations[i] = Announced(command, asked);
            }
        }
    }

    private static ResourceCommandAnnotation Announced(ResourceCommandAnnotation command, Func<string?, Task> asked) => new(
        command.Name,
        command.DisplayName,
        context => command.UpdateState(AsEnded(command, context)),
        async context =>
        {
            // A rebuild stops all replicas, whichever it is asked of.
            await asked(Is(command, KnownResourceCommands.RebuildCommand) ? null : context.ResourceName);
            return await command.ExecuteCommand(context);
        },
        command.DisplayDescription,
        command.Arguments,
        command.ConfirmationMessage,
        command.IconName,
        command.IconVariant,
        command.IsHighlighted,
        command.Visibility,
        command.ValidateArguments);

    // Aspire's commands do not know the states between two runs: they are those of an ended resource, except that a restart can be stopped.
    private static UpdateCommandStateContext AsEnded(ResourceCommandAnnotation command, UpdateCommandStateContext context)
    {
        var snapshot = context.ResourceSnapshot;
        return snapshot.Is(RestartStates.GaveUp) || (RestartStates.IsRestarting(snapshot.State?.Text) && !Is(command, KnownResourceCommands.StopCommand))
            ? new UpdateCommandStateContext { ResourceSnapshot = snapshot with { State = KnownResourceStates.Finished }, Services = context.Services }
            : context;
    }

    private static bool Is(ResourceCommandAnnotation command, string name) => string.Equals(command.Name, name, StringComparison.Ordinal);
}
