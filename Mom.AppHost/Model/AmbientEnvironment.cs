using System.Collections;

namespace Mom.AppHost.Model;

internal static class AmbientEnvironment
{
    /// <summary>What this host reads for itself; no service may find another's connection string or secret among its variables.</summary>
    private static readonly string[] OwnSections = ["ConnectionStrings", "Parameters"];

    /// <summary>Takes this host's own connection strings and parameters out of the environment that services inherit.</summary>
    /// <remarks>
    /// The orchestrator starts every service with the variables of this process. <c>ConnectionStrings__momdb</c>, set so that the host
    /// uses that server, would reach the API too, which must not be able to find the database. The configuration has read the
    /// environment by now and does not read it again.
    /// </remarks>
    public static void KeepOwnSettingsFromServices(this IDistributedApplicationBuilder _)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOwn))
            Environment.SetEnvironmentVariable(name, null);
    }

    // Configuration keys know no case; their parts are parted by two underscores, or on Windows by a colon.
    private static bool IsOwn(string name) => OwnSections.Any(section =>
        name.StartsWith($"{section}__", StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase));
}
