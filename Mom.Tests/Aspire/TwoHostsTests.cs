using Aspire.Hosting.ApplicationModel;
using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.LocalHost.Services;
using Mom.LocalHost.State;

namespace Mom.Tests.AspireTests;

/// <summary>The AppHost and the local host describe one system: names, ports, variables and order are the same.</summary>
[Trait("Group", "aspire")]
public sealed class TwoHostsTests(AppHostModel model) : IClassFixture<AppHostModel>
{
    private static readonly Secrets NoSecrets = new()
    {
        RabbitMqPassword = "", PostgresPassword = "", RedisPassword = "", JwtKey = "", ErlangCookie = "", AdminEmail = "", AdminPassword = "",
    };

    // A step that ends, which only Aspire can show as one.
    private static readonly string[] OnlyUnderAspire = ["migrations"];

    public static TheoryData<string> Services => [.. AppHostModel.Services];

    [Fact]
    public void They_run_the_same_services()
    {
        var local = ServiceCatalog.Of(PortMap.Standard).Select(service => service.Name);

        Assert.Equal(local.Order(StringComparer.Ordinal), model.Resources.OfType<ProjectResource>().Select(service => service.Name).Except(OnlyUnderAspire).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task They_give_a_service_the_same_settings(string service)
    {
        var local = new ServiceSettings(new ConnectionStrings(PortMap.Standard, NoSecrets), new SystemUrls(PortMap.Standard), NoSecrets).Of(service);

        Assert.Equal(local.Select(setting => setting.Key).Order(StringComparer.Ordinal), await model.SettingsAsync(service));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void They_start_a_service_after_the_same_others(string service)
    {
        var local = ServiceCatalog.Of(PortMap.Standard).Single(definition => definition.Name == service).DependsOn;

        // Under Aspire it is the database that is waited for, and that waits for its server.
        var waits = model[service].Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name).Except(OnlyUnderAspire)
            .Select(name => name == "momdb" ? ResourceNames.Postgres : name);
        // A database waits for its server by itself, and is listed beside it.
        Assert.Equal(local.Order(StringComparer.Ordinal), waits.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("panel", "http", nameof(PortMap.Panel))]
    [InlineData("api", "http", nameof(PortMap.Api))]
    [InlineData("socket", "http", nameof(PortMap.Socket))]
    [InlineData("math-service", "http", nameof(PortMap.MathService))]
    [InlineData("postgres", "tcp", nameof(PortMap.Postgres))]
    [InlineData("rabbitmq", "tcp", nameof(PortMap.RabbitMq))]
    [InlineData("rabbitmq", "management", nameof(PortMap.RabbitMqManagement))]
    [InlineData("redis", "tcp", nameof(PortMap.Redis))]
    [InlineData("pgweb", "http", nameof(PortMap.PostgresScreen))]
    [InlineData("redisinsight", "http", nameof(PortMap.RedisScreen))]
    public void They_use_the_same_ports(string resource, string endpoint, string port)
    {
        var expected = (int)typeof(PortMap).GetProperty(port)!.GetValue(PortMap.Standard)!;

        Assert.Equal(expected, Port(resource, endpoint));
    }

    [Theory]
    [InlineData("pgweb", "postgres")]
    [InlineData("redisinsight", "redis")]
    public void The_screen_of_a_server_starts_with_it_and_stands_below_it(string screen, string server)
    {
        Assert.Contains(model[screen].Annotations.OfType<ResourceRelationshipAnnotation>(), relation => (relation.Type, relation.Resource.Name) == ("Parent", server));
        Assert.Empty(model[screen].Annotations.OfType<ExplicitStartupAnnotation>());
    }

    // The testing builder takes fixed ports away so that tests do not meet; what the model says is what it took.
    private int? Port(string resource, string endpoint) =>
        model[resource].Annotations.OfType<EndpointAnnotation>().Single(one => one.Name == endpoint).Port;
}
