using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Mom.AppHost.Commands;

/// <summary>A container that its runtime has paused.</summary>
internal static class FrozenContainer
{
    /// <summary>Pauses the container of the command's resource, or lets it go on, which nobody can call off.</summary>
    /// <exception cref="CommandFailedException">There is no container yet, or the runtime refused.</exception>
    public static async Task SetAsync(string runtime, ExecuteCommandContext context, bool frozen)
    {
        string[] arguments = [frozen ? "pause" : "unpause", ContainerOf(context)];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, arguments) { UseShellExecute = false })!;
            await process.WaitForExitAsync(frozen ? context.CancellationToken : CancellationToken.None);
            if (process.ExitCode != 0)
                throw new CommandFailedException($"{runtime} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        catch (Win32Exception exception)
        {
            throw new CommandFailedException($"{runtime} could not be started: {exception.Message}");
        }
    }

    private static string ContainerOf(ExecuteCommandContext context)
    {
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        return notifications.TryGetCurrentState(context.ResourceName, out var resource)
            && resource.Snapshot.Properties.FirstOrDefault(property => property.Name is "container.id")?.Value is string { Length: > 0 } id
                ? id
                : throw new CommandFailedException("The container is not there yet.");
    }
}
