namespace Mom.LocalHost.Processes;

/// <summary>
/// What a child may inherit. Settings of the shell that <c>./mom</c> was typed in must not reach a service: it gets its own
/// row of settings and nothing else, above all no connection string that is not its.
/// </summary>
internal static class InheritedEnvironment
{
    private static readonly string[] Kept = ["DOTNET_ROOT", "DOTNET_HOST_PATH", "DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT"];

    private static readonly string[] Withheld =
    [
        "ConnectionStrings", "OTEL_", "ASPNETCORE_", "DOTNET_", "ASPIRE_", "URLS", "HTTP_PORTS", "HTTPS_PORTS", "RABBITMQ_", "ERL_", "PG", "POSTGRES_", "REDIS_", "MOM_", "MSBUILD", "TESTINGPLATFORM_",
    ];

    public static void Filter(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsWithheld).ToList())
            environment.Remove(name);
    }

    internal static bool IsWithheld(string name) =>
        !Kept.Contains(name, StringComparer.Ordinal)
        // Sections of .NET's configuration, whichever they are: Jwt__Key, Kestrel__Endpoints__..., Logging:LogLevel.
        && (name.Contains("__", StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal)
            || Withheld.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
