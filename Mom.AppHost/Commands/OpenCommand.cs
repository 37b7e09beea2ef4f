using System.ComponentModel;
using System.Diagnostics;

namespace Mom.AppHost.Commands;

internal static class OpenCommand
{
    /// <summary>Opens the service's address in the browser of the machine that this host runs on.</summary>
    public static IResourceBuilder<ProjectResource> WithOpenCommand(this IResourceBuilder<ProjectResource> service) => service.WithCommand(
        "open",
        "Open in the browser",
        _ => Task.FromResult(Open(service.GetEndpoint("http").Url)),
        new CommandOptions { IconName = "Open", IsHighlighted = true, UpdateState = CommandStates.WhileRunning });

    private static ExecuteCommandResult Open(string url)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(url) { UseShellExecute = true });
            return CommandResults.Success($"Opened {url}");
        }
        catch (Exception exception) when (exception is Win32Exception or FileNotFoundException)
        {
            return CommandResults.Failure($"This machine has no browser to open {url} with.");
        }
    }
}
