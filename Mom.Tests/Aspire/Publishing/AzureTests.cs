using Mom.AppHost.Publishing;

namespace Mom.Tests.AspireTests.Publishing;

[Trait("Group", "aspire")]
public sealed class AzureTests
{
    private static readonly (string Name, string Value)[] Servers =
    [
        ("ConnectionStrings__rabbitmq", "amqps://user:of-the-broker@broker.example.org"),
        ("ConnectionStrings__momdb", "Host=database.example.org;Password=of-the-database"),
        ("ConnectionStrings__redis", "cache.example.org,password=of-the-cache"),
        ("RabbitMq__Management__Url", "https://broker.example.org"),
    ];

    [Fact]
    public async Task Workers_scale_by_their_queues_and_a_user_of_the_panel_stays_at_one_replica()
    {
        using var published = await Published.ToAsync("azure", Servers);

        foreach (var scaling in QueueScaling.All)
        {
            var worker = published.Read($"{scaling.Worker}/{scaling.Worker}.bicep");
            Assert.All(scaling.Queues, queue => Assert.Contains($"queueName: '{queue.Queue}'", worker, StringComparison.Ordinal));
            Assert.Contains("secretRef: 'connectionstrings--rabbitmq'", worker, StringComparison.Ordinal);
        }

        Assert.Contains("memory: '0.5Gi'", published.Read("api/api.bicep"), StringComparison.Ordinal);
        Assert.Contains("affinity: 'sticky'", published.Read("panel/panel.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_is_given_to_its_worker_and_the_deployer_alone_and_no_secret_is_written_out()
    {
        using var published = await Published.ToAsync("azure", Servers);

        var modules = Directory.GetFiles(published.Folder, "*.bicep", SearchOption.AllDirectories).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);
        Assert.Equal(
            ["db-worker.bicep", "deployer.bicep"],
            modules.Where(module => module.Value.Contains("ConnectionStrings__momdb", StringComparison.Ordinal)).Select(module => module.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(modules, module => module.Value.Contains("of-the-", StringComparison.Ordinal));
        Assert.Contains("external: false", modules["db-worker.bicep"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Azure_was_told_another_target_does_not_take_up()
    {
        using var published = await Published.ToAsync("azure", Servers);

        await published.AgainAsync("compose");

        Assert.Contains("POSTGRES_PASSWORD", published.Read("docker-compose.yaml"), StringComparison.Ordinal);
    }
}
