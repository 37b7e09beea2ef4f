using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Docs;

/// <summary>What others reference can be packed: with documentation, a page that says what it is, and symbols.</summary>
[Trait("Group", "docs")]
public sealed class PackageTests
{
    [Theory]
    [InlineData("Mom.Messaging.Abstractions")]
    [InlineData("Mom.Messaging", "Mom.Messaging.Abstractions", "RabbitMQ.Client")]
    [InlineData("Mom.Messaging.EntityFrameworkCore", "Mom.Messaging", "Npgsql.EntityFrameworkCore.PostgreSQL")]
    [InlineData("Mom.Messaging.Testing", "Mom.Messaging", "Microsoft.Extensions.TimeProvider.Testing")]
    public async Task A_package_has_documentation_symbols_and_the_dependencies_that_it_needs(string project, params string[] dependencies)
    {
        using var directory = new TemporaryDirectory();
        await PackAsync(project, directory.Path);

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(directory.Path, "*.nupkg")));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", files);
        Assert.Contains($"lib/net10.0/{project}.dll", files);
        Assert.Contains($"lib/net10.0/{project}.xml", files);
        using var symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(directory.Path, "*.snupkg")));
        Assert.Contains($"lib/net10.0/{project}.pdb", symbols.Entries.Select(entry => entry.FullName));

        await using var nuspec = await package.GetEntry($"{project}.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        var description = XDocument.Load(nuspec).Descendants().ToList();
        Assert.Equal("README.md", description.Single(element => element.Name.LocalName == "readme").Value);
        // Versions that are pinned centrally come beside them. Analyzers are of this repository, not of those who reference it.
        var referenced = description.Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).ToList();
        Assert.All(dependencies, dependency => Assert.Contains(dependency, referenced));
        Assert.DoesNotContain(referenced, id => id.Contains("Analyzer", StringComparison.Ordinal));
    }

    private static async Task PackAsync(string project, string output)
    {
        var configuration = typeof(PackageTests).Assembly.Location.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo(
            "dotnet", ["pack", Path.Combine(Repository.Root, project), "--no-build", "--no-restore", "--configuration", configuration, "--output", output, "-nologo", "-v", "q"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var pack = Process.Start(start)!;
        var said = await pack.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await pack.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(pack.ExitCode == 0, $"{project} should be packed:\n{said}");
    }
}
