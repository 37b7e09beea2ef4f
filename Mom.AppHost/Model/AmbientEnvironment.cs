namespace Mom.AppHost.Model;

internal static class AmbientEnvironment
{
    /// <summary>What this host reads for itself; no service may find another's connection string or secret among its variables.</summary>
    private static readonly string[] OwnSections = ["ConnectionStrings", "Parameters"];

    /// <summary>Takes this host's own connection strings and parameters out of the environment that services inherit.</summary>
    /// <remarks>
    /// The orchestrator passes the environment of this process to every service. <c>ConnectionStrings__momdb</c>, set for this host,
    /// would reach the API too, which must not have access to the database. Removing it is safe here: the configuration has read the
    /// environment already and does not read it again.
    /// </remarks>
    public static void KeepOwnSettingsFromServices(this IDistributedApplicationBuilder _)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOwn))
            Environment.SetEnvironmentVariable(name, null);
    }

    // Configuration keys are case-insensitive; the separator is two underscores, or a colon on Windows.
    private static bool IsOwn(string name) => OwnSections.Any(section =>
        name.StartsWith($"{section}__", StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase));
}
