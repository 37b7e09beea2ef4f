using Mom.LocalHost;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class FirstStartTests
{
    [Fact]
    public async Task Into_an_empty_database_the_db_worker_starts_without_an_error_in_its_log()
    {
        await using var own = new PrivateSystem([ResourceNames.RabbitMq, ResourceNames.Postgres, ResourceNames.Redis, ResourceNames.DbWorker]);

        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var log = await File.ReadAllLinesAsync(Path.Combine(own.Options.StateDirectory!, "logs", $"{ResourceNames.DbWorker}.log"), TestContext.Current.CancellationToken);
        Assert.Contains(log, line => line.Contains("The database schema is up to date", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }
}
