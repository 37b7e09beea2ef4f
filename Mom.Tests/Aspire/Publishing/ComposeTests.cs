using System.Text.RegularExpressions;

namespace Mom.Tests.AspireTests.Publishing;

[Trait("Group", "aspire")]
public sealed class ComposeTests(ComposeTests.Output output) : IClassFixture<ComposeTests.Output>
{
    [Fact]
    public void No_secret_is_written_out() => Assert.DoesNotMatch(LiteralSecret.Pattern(), output.File);

    [Fact]
    public void The_database_is_given_to_its_worker_and_the_deployer_alone() => Assert.Equal(
        ["db-worker", "deployer"],
        output.Services.Where(service => service.Contains("ConnectionStrings__momdb", StringComparison.Ordinal)).Select(service => service.Split(':')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_broker_has_a_host_name_that_stays_because_it_keeps_its_data_under_it() =>
        Assert.Contains("hostname: \"rabbitmq\"", Assert.Single(output.Services, service => service.StartsWith("rabbitmq:", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_worker_is_given_longer_to_stop_than_its_drain_takes() =>
        Assert.Contains("stop_grace_period: \"45s\"", Assert.Single(output.Services, service => service.StartsWith("db-worker:", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_service_goes_by_its_own_name_and_by_those_of_the_deployment() =>
        Assert.Contains("AllowedHosts: \"api;${ALLOWED_HOSTS}\"", Assert.Single(output.Services, service => service.StartsWith("api:", StringComparison.Ordinal)), StringComparison.Ordinal);

    /// <summary>Published once for all tests.</summary>
    public sealed class Output : IAsyncLifetime
    {
        private Published? _published;

        public string File => _published!.Read("docker-compose.yaml");

        /// <summary>The entries of the section <c>services</c>, each from its name on.</summary>
        public string[] Services => Regex.Split(File, @"^  (?=[a-z-]+:$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        public async ValueTask InitializeAsync() => _published = await Published.ToAsync("compose");

        public ValueTask DisposeAsync()
        {
            _published?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
