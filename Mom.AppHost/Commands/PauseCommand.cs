using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Mom.AppHost.Commands;

/// <summary>Freezes a container for a while, as a machine does that has no time for it, to see what the others do.</summary>
internal static class PauseCommand
{
    private const string Seconds = "seconds";

    public static IResourceBuilder<T> WithPauseCommand<T>(this IResourceBuilder<T> server)
        where T : ContainerResource => server.WithReport(
        "break",
        "Break: freeze for a while",
        async context =>
        {
            var seconds = context.Arguments.GetInt32(Seconds);
            var runtime = server.ApplicationBuilder.Configuration["ASPIRE_CONTAINER_RUNTIME"] ?? "docker";
            var container = ContainerOf(context);
            await RunAsync(runtime, ["pause", container], context.CancellationToken);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), context.CancellationToken);
            }
            finally
            {
                await RunAsync(runtime, ["unpause", container], CancellationToken.None);
            }

            return ($"{server.Resource.Name} was frozen for {seconds} s", $"`{runtime} pause {container}`, {seconds} s, `{runtime} unpause {container}`");
        },
        new CommandOptions
        {
            Description = "Freezes the container: connections stay open and nothing answers.",
            ConfirmationMessage = "Nothing will be answered meanwhile. What was confirmed stays.",
            IconName = "HeartBroken",
            Arguments = [new InteractionInput { Name = Seconds, Label = "Seconds", InputType = InputType.Number, Value = "20", Required = true }],
        });

    private static string ContainerOf(ExecuteCommandContext context)
    {
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        return notifications.TryGetCurrentState(context.ResourceName, out var resource)
            && resource.Snapshot.Properties.FirstOrDefault(property => property.Name is "container.id")?.Value is string { Length: > 0 } id
                ? id
                : throw new CommandFailedException("The container is not there yet.");
    }

    private static async Task RunAsync(string runtime, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, arguments) { UseShellExecute = false })!;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new CommandFailedException($"{runtime} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        catch (Win32Exception exception)
        {
            throw new CommandFailedException($"{runtime} could not be started: {exception.Message}");
        }
    }
}
