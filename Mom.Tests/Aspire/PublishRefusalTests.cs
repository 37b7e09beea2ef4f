namespace Mom.Tests.AspireTests;

[Trait("Group", "aspire")]
public sealed class PublishRefusalTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("mom-publisher").FullName;

#if !MOM_PUBLISH
    [Theory]
    [InlineData("compose", "--operation", "publish", "--step", "publish")]
    [InlineData("azure", "--publisher", "manifest")]
    public async Task Built_without_the_targets_it_says_in_one_sentence_what_to_set(string target, params string[] arguments)
    {
        var host = await AppHostProcess.RunAsync(_home, [], [.. arguments, "--output-path", Path.Combine(_home, "out")]);

        AssertRefused(host, "MomPublish");
        Assert.EndsWith($"./mom publish {target}", host.Error.Trim(), StringComparison.Ordinal);
    }
#endif

    [Fact]
    public async Task A_target_that_does_not_exist_is_refused_in_one_sentence()
    {
        var host = await AppHostProcess.RunAsync(_home, [("Publish__Target", "swarm")], "--operation", "publish", "--step", "publish");

        AssertRefused(host, "'swarm'");
    }

    private static void AssertRefused(AppHostProcess host, string named)
    {
        Assert.Equal(1, host.ExitCode);
        Assert.Empty(host.Output);
        Assert.Contains(named, Assert.Single(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
