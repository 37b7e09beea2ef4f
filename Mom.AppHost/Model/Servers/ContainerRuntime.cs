using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Mom.AppHost.Model.Servers;

/// <summary>Docker or Podman, as Aspire's orchestrator chooses it.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The one that is configured as <c>ASPIRE_CONTAINER_RUNTIME</c>, else Docker.</summary>
    public static string NameOf(IConfiguration configuration)
        => configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"] ?? (Answers("docker") || !Answers("podman") ? "docker" : "podman");

    /// <summary>Whether the configured one answers, or either of them when none is configured.</summary>
    public static bool Answers(IConfiguration configuration) => Answers(NameOf(configuration));

    private static bool Answers(string runtime)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(runtime, ["container", "ls", "--last", "1", "--quiet"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
                return process.ExitCode == 0;

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
