using System.Diagnostics;
using System.Text.RegularExpressions;
using Mom.Contracts;
using Mom.LocalHost;

namespace Mom.Tests.AspireTests;

/// <summary>What <c>aspire publish</c> writes for Docker Compose and for Kubernetes.</summary>
[Trait("Group", "aspire")]
public sealed partial class PublishedTests
{
    [Theory]
    [InlineData("compose", "docker-compose.yaml")]
    [InlineData("kubernetes", "values.yaml")]
    public async Task No_secret_is_written_out(string target, string file)
    {
        using var output = await PublishAsync(target);

        var text = output.Read(file);
        // A password is a reference to where it will be given, or empty.
        Assert.DoesNotMatch(LiteralSecret(), text);
    }

    [Fact]
    public async Task Compose_gives_the_database_to_its_worker_alone()
    {
        using var output = await PublishAsync("compose");

        var services = Regex.Split(output.Read("docker-compose.yaml"), @"^  (?=[a-z-]+:$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Equal("db-worker", Assert.Single(services, service => service.Contains("ConnectionStrings__momdb", StringComparison.Ordinal)).Split(':')[0]);
        // RabbitMQ keeps its data under its host's name.
        Assert.Contains("hostname: \"rabbitmq\"", Assert.Single(services, service => service.StartsWith("rabbitmq:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db-worker", MomQueues.DbCommands, MomQueues.DbQueries)]
    [InlineData("math-worker", MomQueues.MathSteps)]
    public async Task Kubernetes_scales_a_worker_by_all_its_queues_with_the_workers_own_login(string worker, params string[] queues)
    {
        using var output = await PublishAsync("kubernetes");

        var scaler = output.Read($"templates/{worker}/queue.yaml");
        // Both lanes of a queue that has an urgent one: behind the one a long backlog is fine, behind the other people wait.
        var lanes = queues.Select(MomTopology.Default.Queue)
            .SelectMany(queue => queue.UrgentLane ? new[] { queue.Name, queue.UrgentQueue } : [queue.Name]);
        Assert.Equal(lanes, QueueName().Matches(scaler).Select(match => match.Groups["name"].Value));
        Assert.Contains($"name: \"{worker}-deployment\"", scaler, StringComparison.Ordinal);
        Assert.Contains($"name: \"{worker}-broker\"", scaler, StringComparison.Ordinal);
        Assert.Contains($"name: \"{worker}-secrets\"", output.Read($"templates/{worker}/broker.yaml"), StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__rabbitmq:", output.Read($"templates/{worker}/secrets.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubernetes_takes_every_name_and_probe()
    {
        using var output = await PublishAsync("kubernetes");

        foreach (var service in AppHostModel.Services)
        {
            var deployment = output.Read($"templates/{service}/deployment.yaml");
            foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
                Assert.Contains(probe, deployment, StringComparison.Ordinal);
            Assert.DoesNotContain("scheme: \"http\"", deployment, StringComparison.Ordinal);
            Assert.Contains("runAsNonRoot: true", deployment, StringComparison.Ordinal);
        }

        foreach (var server in new[] { "rabbitmq", "postgres", "redis" })
            Assert.Contains($"- name: \"mom-{server}-data\"", output.Read($"templates/{server}/statefulset.yaml"), StringComparison.Ordinal);
    }

    private static async Task<Output> PublishAsync(string target)
    {
        var output = new Output();
        // Its own output: the copy beside the tests lacks what these have from elsewhere.
        var build = Path.GetRelativePath(Path.Combine(Repository.Root, "Mom.Tests"), AppContext.BaseDirectory);
        var host = Path.Combine(Repository.Root, "Mom.AppHost", build, "Mom.AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [host, "--operation", "publish", "--step", "publish", "--output-path", output.Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Publish__Target"] = target },
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"Publishing to {target} should succeed, but said: {string.Concat(said)}");
        return output;
    }

    [GeneratedRegex("queueName: \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueName();

    [GeneratedRegex("(?im)^\\s*[a-z_]*(password|jwt_key|jwt__key): \"(?!\\$\\{|\\{\\{|\")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LiteralSecret();

    private sealed class Output : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("mom-published-").FullName;

        public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
