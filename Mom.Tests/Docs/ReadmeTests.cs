using Mom.Tests.Support;

namespace Mom.Tests.Docs;

/// <summary>Types what the README tells to type.</summary>
[Trait("Group", "docs")]
public sealed class ReadmeTests(MomStack stack)
{
    private const string Address = "api=http://127.0.0.1:7070\n";

    [Fact]
    public async Task Its_commands_order_a_job_and_print_the_results_that_it_says()
    {
        var readme = Page.All.Single(page => page.Name is "README.md");
        var script = Assert.Single(readme.Blocks("bash"), block => block.Contains(Address, StringComparison.Ordinal));
        var system = await stack.SystemAsync();

        var run = await MomCommand.ProcessAsync("bash", ["-c", script.Replace(Address, $"api={system.Api}\n", StringComparison.Ordinal)]);

        foreach (var result in new[] { "\"result\":\"6\"", "\"result\":\"49999999999999999999.5\"", "\"result\":\"2,2,2,3,3,5\"" })
        {
            Assert.Contains($"`{result}`", readme.Text, StringComparison.Ordinal);
            Assert.True(run.Output.Contains($"\n{result}\n", StringComparison.Ordinal), $"{result} should be printed:\n{run.Output}");
        }
    }
}
