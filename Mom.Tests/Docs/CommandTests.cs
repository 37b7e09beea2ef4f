using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Mom.AppHost.Publishing;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary><c>./mom</c>: what the pages tell to type exists, and what it says and deletes is right.</summary>
[Trait("Group", "docs")]
public sealed partial class CommandTests : IDisposable
{
    private const int FirstPort = 7070;

    private readonly string _copy = Directory.CreateTempSubdirectory("mom-scripts").FullName;

    [Fact]
    public async Task Every_command_and_option_of_a_page_is_one()
    {
        var named = Page.All.SelectMany(page => Command().Matches(page.Text).Select(match => (page, words: match.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]))).ToList();
        Assert.True(named.Count > 20, "The pages should name commands.");
        var wrong = new List<string>();
        foreach (var command in named.GroupBy(each => each.words[0], StringComparer.Ordinal))
        {
            var help = await MomCommand.RunAsync(Repository.Root, command.Key, "--help");
            wrong.AddRange(help.ExitCode == 0
                ? command.SelectMany(each => each.words[1..].Where(word => word.StartsWith("--", StringComparison.Ordinal))
                    .Select(option => option.Split('=')[0]).Where(option => !help.Output.Contains(option, StringComparison.Ordinal))
                    .Select(option => $"{each.page}: ./mom {command.Key} has no option {option}"))
                : command.Select(each => $"{each.page}: there is no command ./mom {command.Key}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_command_has_an_example()
    {
        var help = await MomCommand.RunAsync(Repository.Root, "help");
        var examples = Page.All.Single(page => page.Name is "docs/commands.md").Text;
        var commands = CommandOfHelp().Matches(help.Output).Select(match => match.Groups["name"].Value).ToList();
        Assert.True(commands.Count > 10, help.Output);
        Assert.All(commands, command => Assert.Contains($"./mom {command}", examples, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_says_who_has_a_port_and_how_to_go_on()
    {
        MomCommand.Copy(_copy);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // Others of the ports may be taken too: it says so of each.
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var doctor = await MomCommand.RunAsync(_copy, "doctor", "--port-offset", $"{port - FirstPort}");

        Assert.Equal(1, doctor.ExitCode);
        Assert.Matches($@"in use +Port +{port} \(API\): kill {Environment.ProcessId} \(.+\), or \./mom up --port-offset {port - FirstPort + 100}\n", doctor.Output);
        Assert.Matches(@"found +\.NET SDK +10\.", doctor.Output);
        Assert.Matches(@"found +Disk +\d+ MB free", doctor.Output);
    }

    [Fact]
    public async Task Reset_deletes_the_data_of_its_clone_and_nothing_else()
    {
        MomCommand.Copy(_copy);
        var data = Directory.CreateDirectory(Path.Combine(_copy, ".mom", "servers", "redis")).FullName;
        var results = Directory.CreateDirectory(Path.Combine(_copy, ".mom", "test-results")).FullName;

        var asked = await MomCommand.RunAsync(_copy, "reset");
        Assert.Equal(2, asked.ExitCode);
        Assert.True(Directory.Exists(data), "Without a terminal and without --yes nothing should be deleted.");

        var reset = await MomCommand.RunAsync(_copy, "reset", "--yes");
        Assert.True(reset.ExitCode == 0, reset.Output);
        Assert.False(Directory.Exists(data), $"{data} should be deleted.");
        Assert.True(Directory.Exists(results), $"{results} should be left alone.");
    }

    [Fact]
    public async Task Reset_deletes_the_volumes_of_its_clone_and_no_others()
    {
        if ((await MomCommand.ProcessAsync("bash", ["-c", "podman info >/dev/null 2>&1"])).ExitCode != 0)
            Assert.Skip("podman does not answer.");

        MomCommand.Copy(_copy);
        // As Aspire names them: the AppHost, a hash of where it is, the resource.
        var own = $"mom.apphost-{HashOf(_copy)}-redis-data";
        var other = $"mom.apphost-{HashOf(_copy + "2")}-redis-data";
        try
        {
            foreach (var volume in new[] { own, other })
                Assert.Equal(0, (await MomCommand.ProcessAsync("podman", ["volume", "create", volume])).ExitCode);

            var reset = await MomCommand.RunAsync(_copy, "reset", "--yes");

            Assert.True(reset.ExitCode == 0, reset.Output);
            Assert.NotEqual(0, (await MomCommand.ProcessAsync("podman", ["volume", "inspect", own])).ExitCode);
            Assert.Equal(0, (await MomCommand.ProcessAsync("podman", ["volume", "inspect", other])).ExitCode);
        }
        finally
        {
            await MomCommand.ProcessAsync("podman", ["volume", "rm", "--force", own, other]);
        }
    }

    [Fact]
    public async Task The_volumes_of_a_clone_are_those_that_Aspire_makes()
    {
        await using var model = await DistributedApplicationTestingBuilder.CreateAsync(typeof(PublishTarget), TestContext.Current.CancellationToken);

        var prefix = await MomCommand.ProcessAsync("bash", ["-c", $"root='{Repository.Root}'; . '{Repository.Root}/eng/apphost.sh'; . '{Repository.Root}/eng/reset.sh'; volume_prefix"]);

        Assert.Equal($"mom.apphost-{model.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant()}", prefix.Output.Trim());
    }

    [Fact]
    public async Task The_scripts_are_clean()
    {
        if ((await MomCommand.ProcessAsync("bash", ["-c", "command -v shellcheck"])).ExitCode != 0)
            Assert.Skip("shellcheck is not installed.");

        var found = await MomCommand.ProcessAsync("bash", ["-c", $"cd '{Repository.Root}' && shellcheck mom eng/*.sh .vscode/*.sh .ci/run"]);
        Assert.True(found.ExitCode == 0, found.Output);
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    private static string HashOf(string clone) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{clone}/Mom.AppHost/Mom.AppHost.csproj".ToLowerInvariant())))[..10];

    [GeneratedRegex(@"\./mom [a-z]+( [\w.,/=-]+)*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Command();

    [GeneratedRegex("^  (?<name>[a-z]+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex CommandOfHelp();
}
