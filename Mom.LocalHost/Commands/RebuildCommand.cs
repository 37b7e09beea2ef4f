using System.Diagnostics;
using Mom.LocalHost.Output;
using Mom.LocalHost.Services;

namespace Mom.LocalHost.Commands;

/// <summary><c>rebuild</c>: builds the project of one service and restarts what runs from it. What runs keeps running until the build is good.</summary>
internal static class RebuildCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        var name = options.Operand(0, "the name of a service");
        var project = ServiceCatalog.ProjectOf(name) ?? throw new UsageException($"{name} is not a service: nothing of it is built here.");
        var system = options.ToSystem();
        ConsoleOutput.Say($"Building {project}.");
        using var build = Process.Start(Build(system, project)) ?? throw new LocalHostException("dotnet could not be started.");
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
            throw new LocalHostException($"{project} does not build; what ran before still runs.");

        foreach (var service in ServiceCatalog.ServicesOf(project))
            await ResourceCommand.DoAsync(options, service, "restart");
        return ExitCodes.Success;
    }

    private static ProcessStartInfo Build(LocalSystemOptions system, string project) => new(
        DotnetMuxer.Path,
        // No build servers: they would stay behind as processes of ours.
        ["build", Path.Combine(system.RepositoryRoot, project), "-c", system.Configuration, "-v", "q", "-nologo", "--disable-build-servers"])
    {
        UseShellExecute = false,
    };
}
