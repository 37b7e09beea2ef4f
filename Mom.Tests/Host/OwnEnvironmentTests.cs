using Mom.LocalHost;
using Mom.LocalHost.Processes;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class OwnEnvironmentTests
{
    private static readonly string[] Foreign =
    [
        "ConnectionStrings__momdb", "ConnectionStrings__rabbitmq", "Jwt__Key", "Admin__Password", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME",
    ];

    [Fact]
    public async Task A_service_does_not_inherit_settings_of_the_shell()
    {
        try
        {
            foreach (var name in Foreign)
                Environment.SetEnvironmentVariable(name, "of the shell");
            await using var own = new PrivateSystem([ResourceNames.MathService]);
            await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

            var environment = ProcessTable.EnvironmentOf(own.System[ResourceNames.MathService].Status.Pid!.Value).ToList();

            Assert.DoesNotContain(environment, entry => entry.EndsWith("=of the shell", StringComparison.Ordinal));
            Assert.Contains("OTEL_SERVICE_NAME=math-service", environment);
            Assert.Contains(environment, entry => entry.StartsWith("PATH=", StringComparison.Ordinal));
        }
        finally
        {
            foreach (var name in Foreign)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
