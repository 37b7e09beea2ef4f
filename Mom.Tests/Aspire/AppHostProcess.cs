using System.Diagnostics;
using Mom.Testing;

namespace Mom.Tests.AspireTests;

/// <summary>The AppHost as a process of its own, as <c>aspire publish</c> and <c>azd</c> start it.</summary>
internal sealed record AppHostProcess(int ExitCode, string Output, string Error)
{
    /// <summary>The AppHost in its own output: the copy beside the tests lacks what these have from elsewhere.</summary>
    public static string Program
    {
        get
        {
            var build = Path.GetRelativePath(Path.Combine(Repository.Root, "Mom.Tests"), AppContext.BaseDirectory);
            return Path.Combine(Repository.Root, "Mom.AppHost", build, "Mom.AppHost.dll");
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="home">The home directory: below it Aspire remembers what a deployment was told.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<AppHostProcess> RunAsync(string home, IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = home, ["USERPROFILE"] = home },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return new AppHostProcess(process.ExitCode, said[0], said[1]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
