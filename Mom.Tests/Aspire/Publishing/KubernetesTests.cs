using System.Text.RegularExpressions;
using k8s;
using Mom.Contracts;

namespace Mom.Tests.AspireTests.Publishing;

[Trait("Group", "aspire")]
public sealed partial class KubernetesTests(KubernetesTests.Output output) : IClassFixture<KubernetesTests.Output>
{
    private Published Chart => output.Published;

    [Fact]
    public void No_secret_is_written_out() => Assert.DoesNotMatch(LiteralSecret.Pattern(), Chart.Read("values.yaml"));

    [Fact]
    public void Kubernetes_reads_every_file()
    {
        foreach (var (file, text) in Publishing.Chart.Render(Chart.Folder).Documents)
        {
            // KEDA's own kinds are not among Kubernetes'.
            if (text.Contains("keda.sh/", StringComparison.Ordinal))
                continue;

            var failure = Record.Exception(() => KubernetesYaml.LoadAllFromString(text, strict: true));
            Assert.True(failure is null, $"{file} should be what Kubernetes reads, but: {failure}");
        }
    }

    [Theory]
    [InlineData("db-worker", MomQueues.DbCommands, MomQueues.DbQueries)]
    [InlineData("math-worker", MomQueues.MathSteps, MomQueues.TextSteps)]
    public void A_worker_is_scaled_by_all_its_queues(string worker, params string[] queues)
    {
        var scaler = Chart.Read($"templates/{worker}/queue.yaml");

        // Both lanes of a queue that has an urgent one: behind the one a long backlog is fine, behind the other people wait.
        var lanes = queues.Select(MomTopology.Default.Queue)
            .SelectMany(queue => queue.UrgentLane ? new[] { queue.Name, queue.UrgentQueue } : [queue.Name]);
        Assert.Equal(lanes, QueueName().Matches(scaler).Select(match => match.Groups["name"].Value));
        Assert.Contains($"name: \"{worker}-deployment\"", scaler, StringComparison.Ordinal);
        Assert.Contains($"name: \"{worker}-broker\"", scaler, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db-worker")]
    [InlineData("math-worker")]
    public void The_scaler_reaches_the_broker_from_a_namespace_of_its_own_with_the_workers_login(string worker)
    {
        Assert.Contains($"name: \"{worker}-scaler\"", Chart.Read($"templates/{worker}/broker.yaml"), StringComparison.Ordinal);
        var workers = BrokerAddress().Match(Chart.Read($"templates/{worker}/secrets.yaml"));
        Assert.True(workers.Success, "The worker should have an address of the broker.");
        Assert.Contains(
            $"host: \"{workers.Groups["login"].Value}@rabbitmq-service.{{{{ .Release.Namespace }}}}.svc:{workers.Groups["port"].Value}\"",
            Chart.Read($"templates/{worker}/scaler.yaml"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_of_the_panel_stays_at_one_replica() =>
        Assert.Contains("sessionAffinity: \"ClientIP\"", Chart.Read("templates/panel/service.yaml"), StringComparison.Ordinal);

    [Fact]
    public void Every_service_has_its_probes_and_is_not_root()
    {
        foreach (var service in AppHostModel.Services)
        {
            var deployment = Chart.Read($"templates/{service}/deployment.yaml");
            foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
                Assert.Contains(probe, deployment, StringComparison.Ordinal);
            Assert.DoesNotContain("scheme: \"http\"", deployment, StringComparison.Ordinal);
            Assert.Contains("runAsNonRoot: true", deployment, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_server_has_a_volume_by_a_name_that_Kubernetes_takes()
    {
        foreach (var server in new[] { "rabbitmq", "postgres", "redis" })
            Assert.Contains($"- name: \"mom-{server}-data\"", Chart.Read($"templates/{server}/statefulset.yaml"), StringComparison.Ordinal);
    }

    [GeneratedRegex("queueName: \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueName();

    [GeneratedRegex("ConnectionStrings__rabbitmq: \"(?<login>amqp://[^@]+)@rabbitmq-service:(?<port>[0-9]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BrokerAddress();

    /// <summary>Published once for all tests.</summary>
    public sealed class Output : IAsyncLifetime
    {
        public Published Published { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Published = await Published.ToAsync("kubernetes");

        public ValueTask DisposeAsync()
        {
            Published?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
