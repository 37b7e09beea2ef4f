using System.Runtime.InteropServices;

namespace Mom.LocalHost.Servers;

/// <summary>
/// The <c>aspire</c> command, which carries the dashboard in it: from npm, installed by <c>./mom</c> under <c>.mom/tools</c>.
/// </summary>
public static class AspireCli
{
    /// <summary>The program; <see langword="null"/> when it is not installed.</summary>
    public static string? Find(string repositoryRoot)
    {
        var package = Path.Combine(Tools(repositoryRoot), "node_modules", "@microsoft", $"aspire-cli-{Platform}");
        return Directory.Exists(package) ? Directory.EnumerateFiles(package, "aspire", SearchOption.AllDirectories).FirstOrDefault() : null;
    }

    /// <summary>
    /// The environment to run it in. It unpacks the dashboard into <c>~/.aspire</c> and keeps keys in <c>~/.aspnet</c>: both
    /// shall be ours and not the person's.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment(string repositoryRoot) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HOME"] = Directory.CreateDirectory(Path.Combine(Tools(repositoryRoot), "home")).FullName,
        ["NO_COLOR"] = "1",
        ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
    };

    private static string Tools(string repositoryRoot) => Path.Combine(repositoryRoot, ".mom", "tools");

    private static string Platform =>
        (OperatingSystem.IsMacOS() ? "darwin" : "linux") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
}
