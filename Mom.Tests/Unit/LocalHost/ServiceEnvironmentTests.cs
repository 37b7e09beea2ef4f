using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Services;
using Mom.LocalHost.State;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class ServiceEnvironmentTests : IDisposable
{
    private readonly StateDirectory _state = new(Directory.CreateTempSubdirectory("mom-environment").FullName);

    [Theory]
    [InlineData(ResourceNames.Api, "ConnectionStrings__rabbitmq ConnectionStrings__redis Jwt__Key RabbitMq__Management__Url")]
    [InlineData(ResourceNames.Socket, "ConnectionStrings__rabbitmq ConnectionStrings__redis Jwt__Key")]
    [InlineData(ResourceNames.DbWorker, "Workers__Roles ConnectionStrings__rabbitmq ConnectionStrings__momdb ConnectionStrings__redis Admin__Email Admin__Password")]
    [InlineData(ResourceNames.MathWorker, "Workers__Roles ConnectionStrings__rabbitmq ConnectionStrings__redis services__math-service__http__0")]
    [InlineData(ResourceNames.Panel, "services__api__http__0 services__socket__http__0")]
    [InlineData(ResourceNames.MathService, "")]
    public void Each_service_gets_its_own_row_of_who_may_touch_what(string service, string names)
    {
        var secrets = Secrets.LoadOrCreate(_state);
        var settings = new ServiceSettings(new ConnectionStrings(PortMap.Standard, secrets), new SystemUrls(PortMap.Standard), secrets);
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), settings.Of(service).Select(pair => pair.Key).Order());
    }

    [Theory]
    [InlineData("ConnectionStrings__momdb", true)]
    [InlineData("CONNECTIONSTRINGS__MOMDB", true)]
    [InlineData("Jwt__Key", true)]
    [InlineData("Admin__Password", true)]
    [InlineData("services__api__http__0", true)]
    [InlineData("Kestrel:Endpoints:Http:Url", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", true)]
    [InlineData("ASPNETCORE_URLS", true)]
    [InlineData("RABBITMQ_NODENAME", true)]
    [InlineData("PGDATA", true)]
    [InlineData("PATH", false)]
    [InlineData("HOME", false)]
    [InlineData("DOTNET_ROOT", false)]
    [InlineData("LANG", false)]
    public void Settings_of_the_shell_are_withheld_and_the_rest_is_not(string name, bool isWithheld) =>
        Assert.Equal(isWithheld, InheritedEnvironment.IsWithheld(name));

    [Fact]
    public void Secrets_are_made_once_and_a_broken_file_is_named()
    {
        Assert.Equal(Secrets.LoadOrCreate(_state), Secrets.LoadOrCreate(_state));

        File.WriteAllText(_state.SecretsFile, "{");
        Assert.Contains(_state.SecretsFile, Assert.Throws<LocalHostException>(() => Secrets.LoadOrCreate(_state)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_state.Root, recursive: true);
}
