using Microsoft.Extensions.Configuration;

namespace Mom.Hosting.DirectLaunch;

/// <summary>Starts the programs that have been built, and not <c>dotnet run</c>, which would start them.</summary>
public static class DirectLaunchExtensions
{
    /// <summary>Starts every project as its built program, where that is beside those of the AppHost.</summary>
    /// <remarks>
    /// Aspire starts a project by <c>dotnet run</c>. That takes a second or two of processor time and some 90 MB for each process, and it
    /// passes no SIGTERM on: the service would hear of its stop only when <c>dotnet run</c> is killed, 6 s later. An IDE, and
    /// <c>dotnet watch</c>, start projects in ways of their own, and still do.
    /// </remarks>
    public static void LaunchProjectsDirectly(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.ExecutionContext.IsRunMode || builder.Configuration.GetValue<bool>("DOTNET_WATCH"))
            return;

        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            if (project.TryGetLastAnnotation<IProjectMetadata>(out var metadata) && ProgramOf(metadata.ProjectPath) is { } program)
                project.Annotations.Add(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)! });
        }
    }

    // Projects of one repository are built with one configuration for one framework: bin/Debug/net10.0.
    private static string? ProgramOf(string project)
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var name = Path.GetFileNameWithoutExtension(project) + (OperatingSystem.IsWindows() ? ".exe" : string.Empty);
        var program = Path.Combine(Path.GetDirectoryName(project)!, "bin", output.Parent!.Name, output.Name, name);
        return File.Exists(program) ? program : null;
    }
}
