using Mom.AppHost.Model.Servers;
using Mom.Hosting.NativeServers;

namespace Mom.AppHost.Commands;

/// <summary>Freezes a server for a while, as a machine does that has no time for it, to see what the others do.</summary>
internal static class PauseCommand
{
    private const string Seconds = "seconds";

    public static IResourceBuilder<T> WithPauseCommand<T>(this IResourceBuilder<T> server)
        where T : IResource => server.WithReport(
        "break",
        "Break: freeze for a while",
        async context =>
        {
            var seconds = context.Arguments.GetInt32(Seconds);
            Func<bool, Task> freeze = server.Resource is NativeServerResource native
                ? frozen => FreezeProcesses(native, frozen)
                : frozen => FrozenContainer.SetAsync(ContainerRuntime.NameOf(server.ApplicationBuilder.Configuration), context, frozen);
            await freeze(true);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), context.CancellationToken);
            }
            finally
            {
                await freeze(false);
            }

            return ($"{server.Resource.Name} was frozen for {seconds} s", "Connections stayed open meanwhile and nothing was answered.");
        },
        new CommandOptions
        {
            Description = "Freezes the server: connections stay open and nothing answers.",
            ConfirmationMessage = "Nothing will be answered meanwhile. What was confirmed stays.",
            IconName = "HeartBroken",
            Arguments = [new InteractionInput { Name = Seconds, Label = "Seconds", InputType = InputType.Number, Value = "20", Required = true }],
        });

    private static Task FreezeProcesses(NativeServerResource server, bool frozen)
    {
        if (server.Processes.Count == 0)
            throw new CommandFailedException($"{server.Name} does not run.");

        if (frozen)
            server.Freeze();
        else
            server.Thaw();
        return Task.CompletedTask;
    }
}
