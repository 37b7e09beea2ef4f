using System.Runtime.InteropServices;

namespace Mom.LocalHost.Servers;

/// <summary>
/// The <c>aspire</c> command, which carries the dashboard in it: from npm, installed by <c>./mom</c> under <c>.mom/tools</c>.
/// </summary>
internal static class AspireCli
{
    public static string? Find(string repositoryRoot)
    {
        var package = Path.Combine(Tools(repositoryRoot), "node_modules", "@microsoft", $"aspire-cli-{Platform}");
        return Directory.Exists(package) ? Directory.EnumerateFiles(package, "aspire", SearchOption.AllDirectories).FirstOrDefault() : null;
    }

    public static string Tools(string repositoryRoot) => Path.Combine(repositoryRoot, ".mom", "tools");

    private static string Platform =>
        (OperatingSystem.IsMacOS() ? "darwin" : "linux") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
}
