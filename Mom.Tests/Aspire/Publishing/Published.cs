using System.Diagnostics;
using Mom.LocalHost;

namespace Mom.Tests.AspireTests.Publishing;

/// <summary>What <c>aspire publish</c> writes, in a folder of its own and without what earlier deployments were told.</summary>
public sealed class Published : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("mom-publisher").FullName;

    private Published()
    {
    }

    public string Folder { get; private set; } = "";

    /// <param name="target"><c>compose</c>, <c>kubernetes</c> or <c>azure</c>.</param>
    /// <param name="settings">Environment variables of the AppHost.</param>
    public static async Task<Published> ToAsync(string target, params (string Name, string Value)[] settings)
    {
        var published = new Published();
        await published.AgainAsync(target, settings);
        return published;
    }

    /// <summary>Publishes to another target, from the same machine.</summary>
    public async Task AgainAsync(string target, params (string Name, string Value)[] settings)
    {
        Folder = Path.Combine(_home, target);
        // Its own output: the copy beside the tests lacks what these have from elsewhere.
        var build = Path.GetRelativePath(Path.Combine(Repository.Root, "Mom.Tests"), AppContext.BaseDirectory);
        var host = Path.Combine(Repository.Root, "Mom.AppHost", build, "Mom.AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [host, "--operation", "publish", "--step", "publish", "--output-path", Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Aspire remembers below the home directory what a deployment was told.
            Environment = { ["Publish__Target"] = target, ["HOME"] = _home, ["USERPROFILE"] = _home },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"Publishing to {target} should succeed, but said: {string.Concat(said)}");
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
