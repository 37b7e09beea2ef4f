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
        var host = await AppHostProcess.RunAsync(
            _home, [("Publish__Target", target), .. settings], "--operation", "publish", "--step", "publish", "--output-path", Folder);
        Assert.True(host.ExitCode == 0, $"Publishing to {target} should succeed, but said: {host.Output}{host.Error}");
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
